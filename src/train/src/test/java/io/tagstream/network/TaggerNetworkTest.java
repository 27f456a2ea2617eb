package io.tagstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.batch.BatchPacker;
import io.tagstream.batch.PackedBatch;
import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.CorpusEncoder;
import io.tagstream.encode.LabelLayers;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.train.MiniCorpus;
import io.tagstream.words.AffixColumns;
import io.tagstream.words.WordTable;
import io.tagstream.words.WordVectors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings("try") // scopes are opened for what closing them frees
class TaggerNetworkTest {
    private static final float STEP = 1e-2f;

    private final List<LabelledSentence> corpus = MiniCorpus.sentences();

    @ParameterizedTest
    @CsvSource({"LSTM,false", "RNN,false", "LSTM,true"})
    void shouldHaveTheGradientThatTheLossItselfShows(Cell cell, boolean window) {
        NetworkShape shape = shape(MiniCorpus.network(cell, 1, 6, 3, 1, window, 5, 3));
        Map<String, float[]> weights = new InitialWeights(shape, new Random(3)).draw();
        PackedBatch batch = batch(shape, corpus.subList(0, 4));
        Random pick = new Random(11);

        Map<String, float[]> gradients = gradients(shape, weights, batch);
        for (Map.Entry<String, float[]> tensor : weights.entrySet()) {
            if (tensor.getKey().startsWith("embedding.")) {
                continue;
            }
            for (int i = 0; i < 3; i++) {
                int at = pick.nextInt(tensor.getValue().length);
                double slope = (loss(shape, nudged(weights, tensor.getKey(), at, STEP), batch)
                                - loss(shape, nudged(weights, tensor.getKey(), at, -STEP), batch))
                        / (2 * STEP);
                assertThat((double) gradients.getOrDefault(tensor.getKey(), new float[0])[at])
                        .as("%s[%d]", tensor.getKey(), at)
                        .isCloseTo(slope, within(1e-3));
            }
        }
    }

    @Test
    void shouldNotMoveTheRowThatStandsForNothingLearned() {
        NetworkShape shape = shape(MiniCorpus.SMALL);
        Map<String, float[]> weights = new InitialWeights(shape, new Random(3)).draw();
        BatchPacker dropping = new BatchPacker(shape.words(), shape.settings(), 1e9, new Random(1), null);
        PackedBatch batch = dropping.pack(turns(shape, corpus.subList(0, 4)));
        LibTorch.start();
        try (TaggerNetwork network = new TaggerNetwork(shape, weights, true);
                Learner learner = new Learner(network, shape, MiniCorpus.epochs(1))) {
            learner.step(batch, 0);
            float[] learned = network.weights().getOrDefault(NetworkShape.WORD_EMBEDDING, new float[1]);
            for (int i = 0; i < shape.words().width(); i++) {
                assertThat(learned[i]).isZero();
            }
        }
    }

    @Test
    void shouldGiveATokenTheSameWhateverStandsBesideItInTheBatch() {
        NetworkShape shape = shape(MiniCorpus.SMALL);
        Map<String, float[]> weights = new InitialWeights(shape, new Random(3)).draw();
        LibTorch.start();
        try (TaggerNetwork network = new TaggerNetwork(shape, weights, false)) {
            NetworkTagger tagger = new NetworkTagger(network, shape);
            List<List<Piece>> documents = encoder(shape).documents(corpus);
            List<NetworkTagger.Tagged> together = tagger.tag(documents);
            for (NetworkTagger.Tagged alone : tagger.tag(documents.subList(2, 3))) {
                NetworkTagger.Tagged beside = together.stream()
                        .filter(piece -> piece.piece().equals(alone.piece()))
                        .findFirst()
                        .orElseThrow();
                for (int i = 0; i < alone.byLayer()[0].length; i++) {
                    assertThat(beside.byLayer()[0][i]).isCloseTo(alone.byLayer()[0][i], within(1e-6f));
                }
            }
        }
    }

    private Map<String, float[]> gradients(NetworkShape shape, Map<String, float[]> weights, PackedBatch batch) {
        LibTorch.start();
        try (PointerScope scope = new PointerScope();
                TaggerNetwork network = new TaggerNetwork(shape, weights, true)) {
            lossOf(network, shape, batch).backward();
            Map<String, float[]> gradients = new LinkedHashMap<>();
            List<String> names = List.copyOf(shape.tensors().keySet());
            for (int i = 0; i < names.size(); i++) {
                gradients.put(
                        names.get(i), LibTorch.values(network.tensors().get(i).grad()));
            }
            return gradients;
        }
    }

    private static double loss(NetworkShape shape, Map<String, float[]> weights, PackedBatch batch) {
        try (PointerScope scope = new PointerScope();
                TaggerNetwork network = new TaggerNetwork(shape, weights, false)) {
            return lossOf(network, shape, batch).item_float();
        }
    }

    private static Tensor lossOf(TaggerNetwork network, NetworkShape shape, PackedBatch batch) {
        float[] zero = new float
                [shape.settings().layers()
                        * batch.turns().size()
                        * shape.settings().hidden()];
        return Learner.loss(network.forward(batch, zero, zero, 0).logits(), batch.labels());
    }

    private static Map<String, float[]> nudged(Map<String, float[]> weights, String name, int at, float by) {
        Map<String, float[]> nudged = new LinkedHashMap<>(weights);
        float[] values = weights.getOrDefault(name, new float[0]).clone();
        values[at] += by;
        nudged.put(name, values);
        return nudged;
    }

    private NetworkShape shape(NetworkSettings settings) {
        WordTable words = WordTable.of(
                WordTable.count(corpus), Map.of(), WordVectors.NONE, settings.wordWidth(), settings.words());
        List<FeatureColumn> columns = new ArrayList<>(List.of(words.column()));
        columns.addAll(AffixColumns.of(corpus, settings.affixes()));
        return new NetworkShape(settings, words, columns, LabelLayers.of(corpus, List.of()));
    }

    private static CorpusEncoder encoder(NetworkShape shape) {
        return new CorpusEncoder(shape);
    }

    private static PackedBatch batch(NetworkShape shape, List<LabelledSentence> sentences) {
        return new BatchPacker(shape.words(), shape.settings(), 0, new Random(1), null).pack(turns(shape, sentences));
    }

    private static List<Turn> turns(NetworkShape shape, List<LabelledSentence> sentences) {
        List<Turn> turns = new ArrayList<>();
        for (Piece piece : encoder(shape).documents(sentences).get(0)) {
            turns.add(new Turn(piece, turns.size(), true, View.AS_WRITTEN));
        }
        return turns;
    }
}
