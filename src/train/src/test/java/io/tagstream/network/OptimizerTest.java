package io.tagstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.batch.BatchPacker;
import io.tagstream.batch.PackedBatch;
import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.CorpusEncoder;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.Optimizer;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainedWeights;
import io.tagstream.train.Corpora;
import io.tagstream.train.MiniCorpus;
import io.tagstream.train.TrainListener;
import io.tagstream.train.Trainer;
import io.tagstream.train.TrainingRun;
import io.tagstream.words.WordVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // scopes are opened for what closing them frees
class OptimizerTest {
    private static final double ETA = 0.25;

    private final List<LabelledSentence> corpus = MiniCorpus.sentences();

    @TempDir
    private Path folder;

    /** W' = W - eta dE/dW, to the letter. */
    @Test
    void shouldStepAgainstTheGradientAndNoFurther() {
        LearningSettings plain = MiniCorpus.plain(1)
                .learningRate(ETA)
                .clip(1e9)
                .optimizer(Optimizer.SGD)
                .build();
        TrainSettings run = MiniCorpus.settings(Path.of(""), MiniCorpus.SMALL, plain, Precision.FP32);
        TrainedWeights first = new TrainingRun(
                        run, new Corpora(corpus, corpus, List.of()), WordVectors.NONE, TrainListener.SILENT, () -> true)
                .learn();
        NetworkShape shape = first.shape();
        PackedBatch batch = batch(shape);
        float[] zero = new float[batch.turns().size() * shape.settings().hidden()];
        try (PointerScope scope = new PointerScope();
                TaggerNetwork network = new TaggerNetwork(shape, first.byName(), true);
                TaggerNetwork still = new TaggerNetwork(shape, first.byName(), true);
                Learner learner = new Learner(network, shape, plain)) {
            learner.step(batch, 0);
            Learner.loss(still.forward(batch, zero, zero, 0).logits(), batch.labels())
                    .backward();
            Map<String, float[]> after = network.weights();
            List<String> names = List.copyOf(shape.tensors().keySet());
            for (int i = 0; i < names.size(); i++) {
                float[] before = first.byName().getOrDefault(names.get(i), new float[0]);
                float[] gradient = LibTorch.values(still.tensors().get(i).grad());
                float[] stepped = after.getOrDefault(names.get(i), new float[0]);
                for (int at = 0; at < before.length; at++) {
                    assertThat((double) stepped[at]).isCloseTo(before[at] - ETA * gradient[at], within(1e-6));
                }
            }
        }
    }

    @Test
    void shouldLearnByPlainDescentToo() {
        LearningSettings plain = MiniCorpus.learning(40)
                .learningRate(LearningSettings.DEFAULT_SGD_RATE)
                .optimizer(Optimizer.SGD)
                .build();
        List<EpochReport> epochs = new ArrayList<>();
        Trainer.train(
                MiniCorpus.settings(folder.resolve("sgd.onnx"), MiniCorpus.SMALL, plain, Precision.FP32),
                new TrainListener() {
                    @Override
                    public void epochEnded(EpochReport report) {
                        epochs.add(report);
                    }
                });

        assertThat(epochs.get(39).loss()).isLessThan(0.8 * epochs.get(0).loss());
    }

    private PackedBatch batch(NetworkShape shape) {
        List<Turn> turns = new ArrayList<>();
        CorpusEncoder encoder = new CorpusEncoder(shape);
        for (Piece piece : encoder.documents(corpus.subList(0, 4)).get(0)) {
            turns.add(new Turn(piece, turns.size(), true, View.AS_WRITTEN));
        }
        return new BatchPacker(shape.words(), shape.settings(), 0, new Random(1), null).pack(turns);
    }
}
