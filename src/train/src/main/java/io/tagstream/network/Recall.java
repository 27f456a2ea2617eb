package io.tagstream.network;

import io.tagstream.model.Cell;
import io.tagstream.recipe.Checks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The recall tasks: a network reads random symbols one by one and, after the last, must name the first or the last of them. A network
 * learns short sequences first and longer ones after, and is scored on sequences that it has not seen. Works on the calling thread.
 */
@SuppressWarnings("try") // scopes are opened for what closing them frees
public final class Recall {
    private static final int SUM = 2;
    private static final int NONE = -100;
    private static final double CLIP = 1;
    private static final int TEST = 1024;
    private static final double LEARNED = 0.01;
    private static final int SMOOTHING = 20;

    private final Settings settings;
    private final BooleanSupplier stop;

    /** @param stop asked before each step; true ends training early */
    public Recall(Settings settings, BooleanSupplier stop) {
        this.settings = settings;
        this.stop = stop;
    }

    /** Which symbol is asked for. */
    public enum Ask {
        FIRST,
        LAST
    }

    /**
     * How to train.
     *
     * @param symbols different symbols; guessing is right one time in as many
     * @param hidden units
     * @param batch sequences a step
     * @param steps at most; training ends early when the loss is all but nothing
     * @param learningRate Adam's
     * @param forgetBias what an LSTM's forget gate starts with: 1 opens it to 0.73, 5 to 0.99
     * @param seed of everything random
     */
    public record Settings(
            int symbols, int hidden, int batch, int steps, double learningRate, double forgetBias, long seed) {
        public Settings {
            Checks.atLeast("symbols", symbols, 2);
            Checks.atLeast("hidden", hidden, 1);
            Checks.atLeast("batch", batch, 1);
            Checks.atLeast("steps", steps, 1);
            Checks.above("learningRate", learningRate, 0);
        }
    }

    /**
     * What came out for one length.
     *
     * @param distance symbols after the first
     * @param accuracy the share of new sequences answered right, 0 to 1
     * @param steps that training took
     * @param before the gradient flow from the answer to the first symbol before training
     * @param after the same after training
     */
    public record Result(int distance, double accuracy, int steps, GradientFlow before, GradientFlow after) {}

    /**
     * Trains one network on growing distances, each time going on from what it has learned, and scores it after each.
     *
     * @param distances symbols after the first, ascending
     */
    public List<Result> run(Cell cell, Ask ask, List<Integer> distances) {
        LibTorch.start();
        LibTorch.seed(settings.seed());
        Random random = new Random(settings.seed());
        List<Result> results = new ArrayList<>();
        try (PointerScope all = new PointerScope()) {
            Network network = new Network(cell, settings, random);
            TensorVector parameters = new TensorVector(network.tensors.toArray(Tensor[]::new));
            Adam adam = new Adam(parameters, new AdamOptions(settings.learningRate()));
            int longest = distances.get(distances.size() - 1);
            GradientFlow before = network.flow(draw(ask, longest, settings.batch(), random));
            for (int distance : distances) {
                int steps = learn(network, adam, parameters, () -> draw(ask, distance, settings.batch(), random));
                double accuracy = network.accuracy(draw(ask, distance, TEST, new Random(settings.seed() + 1)));
                GradientFlow after =
                        network.flow(draw(ask, longest, settings.batch(), new Random(settings.seed() + 2)));
                results.add(new Result(distance, accuracy, steps, before, after));
            }
        }
        return results;
    }

    private int learn(Network network, Adam adam, TensorVector parameters, Supplier<Sequences> draw) {
        int steps = 0;
        double smooth = Math.log(settings.symbols());
        while (steps < settings.steps() && smooth > LEARNED && !stop.getAsBoolean()) {
            try (PointerScope step = new PointerScope()) {
                Sequences sequences = draw.get();
                Tensor loss = network.loss(sequences).mul(new Scalar(1.0 / settings.batch()));
                adam.zero_grad();
                loss.backward();
                torch.clip_grad_norm_(parameters, CLIP);
                adam.step();
                smooth += (loss.item_float() - smooth) / SMOOTHING;
                steps++;
            }
        }
        return steps;
    }

    /**
     * Sequences side by side.
     *
     * @param length symbols each
     * @param oneHot {@code [length, rows, symbols]}
     * @param answers {@code [rows]}
     */
    private record Sequences(int length, float[] oneHot, long[] answers) {}

    private Sequences draw(Ask ask, int distance, int rows, Random random) {
        int length = distance + 1;
        float[] oneHot = new float[length * rows * settings.symbols()];
        long[] answers = new long[rows];
        for (int t = 0; t < length; t++) {
            for (int row = 0; row < rows; row++) {
                int symbol = random.nextInt(settings.symbols());
                oneHot[(t * rows + row) * settings.symbols() + symbol] = 1;
                if (t == (ask == Ask.FIRST ? 0 : length - 1)) {
                    answers[row] = symbol;
                }
            }
        }
        return new Sequences(length, oneHot, answers);
    }

    /** One recurrent layer and a read-out after the last symbol. */
    private static final class Network {
        private final Cell cell;
        private final Settings settings;
        private final List<Tensor> tensors = new ArrayList<>();

        Network(Cell cell, Settings settings, Random random) {
            this.cell = cell;
            this.settings = settings;
            int hidden = settings.hidden();
            int gates = cell == Cell.LSTM ? 4 * hidden : hidden;
            double bound = 1 / Math.sqrt(hidden);
            add(random, bound, gates, settings.symbols());
            add(random, bound, gates, hidden);
            float[] bias = uniform(random, bound, gates);
            if (cell == Cell.LSTM) {
                Arrays.fill(bias, hidden, 2 * hidden, (float) settings.forgetBias());
            }
            tensors.add(LibTorch.of(bias, gates));
            add(random, bound, gates);
            add(random, bound, settings.symbols(), hidden);
            add(random, bound, settings.symbols());
            tensors.forEach(tensor -> tensor.set_requires_grad(true));
        }

        private void add(Random random, double bound, long... shape) {
            int size = 1;
            for (long extent : shape) {
                size = Math.multiplyExact(size, Math.toIntExact(extent));
            }
            tensors.add(LibTorch.of(uniform(random, bound, size), shape));
        }

        private static float[] uniform(Random random, double bound, int size) {
            float[] values = new float[size];
            for (int i = 0; i < size; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
            return values;
        }

        private Tensor logits(Sequences sequences) {
            int rows = sequences.answers().length;
            Tensor inputs = LibTorch.of(sequences.oneHot(), sequences.length(), rows, settings.symbols());
            Tensor zero = LibTorch.of(new float[rows * settings.hidden()], 1, rows, settings.hidden());
            TensorVector weights = recurrent();
            Tensor outputs = cell == Cell.LSTM
                    ? torch.lstm(inputs, new TensorVector(zero, zero), weights, true, 1, 0, true, false, false)
                            .get0()
                    : torch.rnn_tanh(inputs, zero, weights, true, 1, 0, true, false, false)
                            .get0();
            return readOut(outputs.select(0, sequences.length() - 1));
        }

        private TensorVector recurrent() {
            return new TensorVector(tensors.subList(0, 4).toArray(Tensor[]::new));
        }

        private Tensor readOut(Tensor h) {
            return torch.linear(h, tensors.get(4), new TensorOptional(tensors.get(5)));
        }

        Tensor loss(Sequences sequences) {
            return cross(logits(sequences), sequences);
        }

        private static Tensor cross(Tensor logits, Sequences sequences) {
            return torch.cross_entropy_loss(
                    logits, LibTorch.of(sequences.answers()), new TensorOptional(), SUM, NONE, 0);
        }

        double accuracy(Sequences sequences) {
            try (PointerScope scope = new PointerScope();
                    AutoGradMode noGradients = new AutoGradMode(false)) {
                float[] logits = LibTorch.values(logits(sequences));
                int right = 0;
                for (int row = 0; row < sequences.answers().length; row++) {
                    int best = 0;
                    for (int symbol = 1; symbol < settings.symbols(); symbol++) {
                        int at = row * settings.symbols();
                        best = logits[at + symbol] > logits[at + best] ? symbol : best;
                    }
                    right += best == sequences.answers()[row] ? 1 : 0;
                }
                return (double) right / sequences.answers().length;
            }
        }

        GradientFlow flow(Sequences sequences) {
            try (PointerScope scope = new PointerScope()) {
                int rows = sequences.answers().length;
                Tensor inputs = LibTorch.of(sequences.oneHot(), (long) sequences.length() * rows, settings.symbols());
                Tensor zero = LibTorch.of(new float[rows * settings.hidden()], 1, rows, settings.hidden());
                long[] sizes = new long[sequences.length()];
                Arrays.fill(sizes, rows);
                UnrolledCell unrolled = new UnrolledCell(cell);
                NetworkOutput output = unrolled.run(inputs, sizes, zero, zero, recurrent(), 1);
                cross(readOut(output.h().select(0, 0)), sequences).backward();
                return GradientFlow.of(unrolled.steps(), cell == Cell.LSTM);
            }
        }
    }
}
