package io.tagstream.network;

import io.tagstream.batch.BatchPacker;
import io.tagstream.batch.PackedBatch;
import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.CorpusEncoder;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import io.tagstream.model.Cell;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Looks inside a tagger's network: how far errors reach back in it, and what its gates do. Works on the calling thread. */
@SuppressWarnings("try") // scopes are opened for what closing them frees
public final class NetworkProbe {
    /** The k of dE_t/dh_(t-k) that are asked for. */
    static final int DISTANCE = 100;

    private static final int ROWS = 32;
    private static final int SUM = 2;

    private final NetworkShape shape;
    private final Map<String, float[]> weights;

    public NetworkProbe(NetworkShape shape, Map<String, float[]> weights) {
        this.shape = shape;
        this.weights = weights;
    }

    /**
     * The gradient flow of the error at one token, k = 0 to {@link #DISTANCE} or as far as the corpus goes, averaged over up to 32
     * stretches of the corpus. The sentences of a stretch follow one another as they do in the stream; no gradient is cut off between
     * them.
     */
    public GradientFlow flow(List<LabelledSentence> corpus) {
        List<Turn> turns = new ArrayList<>();
        for (Piece piece : encode(stretches(corpus))) {
            if (turns.size() < ROWS && piece.labels()[0][piece.length() - 1] >= 0) {
                turns.add(new Turn(piece, turns.size(), true, View.AS_WRITTEN));
            }
        }
        if (turns.isEmpty()) {
            throw new TrainingException(
                    "no stretch of the dev corpus ends in a token with a label that the model knows");
        }
        boolean hasCell = shape.settings().cell() == Cell.LSTM;
        UnrolledCell unrolled = new UnrolledCell(shape.settings().cell());
        try (PointerScope scope = new PointerScope();
                TaggerNetwork network = new TaggerNetwork(shape, weights, true)) {
            network.unroll(unrolled);
            PackedBatch batch = pack(turns);
            float[] zero = new float
                    [turns.size() * shape.settings().layers() * shape.settings().hidden()];
            NetworkOutput output = network.forward(batch, zero, zero, 0);
            int length = turns.get(0).piece().length();
            long[] last = new long[turns.size()];
            long[] labels = new long[turns.size()];
            for (int row = 0; row < last.length; row++) {
                last[row] = (row + 1L) * length - 1;
                labels[row] = batch.labels()[0][Math.toIntExact(last[row])];
            }
            Tensor logits = output.logits().get(0).index_select(0, LibTorch.of(last));
            torch.cross_entropy_loss(logits, LibTorch.of(labels), new TensorOptional(), SUM, Piece.NO_LABEL, 0)
                    .backward();
            return GradientFlow.of(unrolled.steps().subList(0, length), hasCell);
        }
    }

    /** Stretches of as many tokens each, of one document where documents are long enough. */
    private List<LabelledSentence> stretches(List<LabelledSentence> corpus) {
        List<LabelledSentence> labelled = corpus.stream()
                .filter(sentence -> sentence.labels().containsKey(layer().name()))
                .toList();
        List<LabelledSentence> inside = stretches(labelled, DISTANCE + 1, false);
        if (!inside.isEmpty()) {
            return inside;
        }
        int all = labelled.stream().mapToInt(LabelledSentence::size).sum();
        return stretches(labelled, Math.min(all, DISTANCE + 1), true);
    }

    private List<LabelledSentence> stretches(List<LabelledSentence> corpus, int length, boolean acrossDocuments) {
        List<LabelledSentence> stretches = new ArrayList<>();
        List<String> forms = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (LabelledSentence sentence : corpus) {
            if (sentence.beginsDocument() && !acrossDocuments) {
                forms.clear();
                labels.clear();
            }
            forms.addAll(sentence.forms());
            labels.addAll(sentence.labels().getOrDefault(layer().name(), List.of()));
            if (length > 0 && forms.size() >= length) {
                stretches.add(new LabelledSentence(
                        "",
                        null,
                        forms.subList(0, length),
                        Map.of(layer().name(), List.copyOf(labels.subList(0, length))),
                        true));
                forms.clear();
                labels.clear();
            }
        }
        return stretches;
    }

    /** Reads sentences one after the other, the state running on; LSTM only. */
    public List<GateActivity> gates(List<LabelledSentence> sentences) {
        NetworkSettings settings = shape.settings();
        if (settings.cell() != Cell.LSTM) {
            throw new IllegalStateException("a plain RNN has no gates");
        }
        List<GateActivity> activity = new ArrayList<>();
        UnrolledCell unrolled = new UnrolledCell(settings.cell());
        StreamStates h = new StreamStates(1, settings.layers(), settings.hidden());
        StreamStates c = new StreamStates(1, settings.layers(), settings.hidden());
        try (TaggerNetwork network = new TaggerNetwork(shape, weights, false)) {
            network.unroll(unrolled);
            for (Piece piece : encode(sentences)) {
                List<Turn> turns = List.of(new Turn(piece, 0, piece.beginsDocument(), View.AS_WRITTEN));
                try (PointerScope scope = new PointerScope()) {
                    NetworkOutput output = network.forward(pack(turns), h.gather(turns), c.gather(turns), 0);
                    h.scatter(turns, LibTorch.values(output.h()));
                    c.scatter(turns, LibTorch.values(output.c()));
                    float[] probabilities =
                            LibTorch.values(torch.softmax(output.logits().get(0), 1));
                    List<String> forms = sentences.get(piece.sentence()).forms();
                    activity.add(activity(
                            forms.subList(piece.offset(), piece.offset() + piece.length()),
                            probabilities,
                            unrolled.steps()));
                }
            }
        }
        return activity;
    }

    private GateActivity activity(List<String> forms, float[] probabilities, List<UnrolledCell.Step> steps) {
        int length = forms.size();
        double[][] forget = new double[length][];
        double[][] input = new double[length][];
        double[][] output = new double[length][];
        double[][] memory = new double[length][];
        List<TokenTags> tokens = new ArrayList<>();
        int labels = layer().tags().size();
        for (int t = 0; t < length; t++) {
            UnrolledCell.Step step = steps.get(t);
            forget[t] = doubles(step.forget());
            input[t] = doubles(step.input());
            output[t] = doubles(step.output());
            memory[t] = doubles(step.c());
            int best = 0;
            for (int label = 1; label < labels; label++) {
                best = probabilities[t * labels + label] > probabilities[t * labels + best] ? label : best;
            }
            tokens.add(new TokenTags(
                    Token.of(forms.get(t)), layer().tags().label(best), probabilities[t * labels + best], Map.of()));
        }
        return new GateActivity(tokens, forget, input, output, memory);
    }

    private static double[] doubles(Tensor tensor) {
        float[] values = LibTorch.values(tensor);
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private LabelLayer layer() {
        return shape.layers().get(0);
    }

    private List<Piece> encode(List<LabelledSentence> sentences) {
        CorpusEncoder encoder = new CorpusEncoder(shape);
        return encoder.documents(sentences).stream().flatMap(List::stream).toList();
    }

    private PackedBatch pack(List<Turn> turns) {
        return new BatchPacker(shape.words(), shape.settings(), 0, new Random(0), null).pack(turns);
    }
}
