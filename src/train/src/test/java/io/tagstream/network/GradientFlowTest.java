package io.tagstream.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.CorpusEncoder;
import io.tagstream.encode.Piece;
import io.tagstream.model.Cell;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.result.TrainedWeights;
import io.tagstream.train.Corpora;
import io.tagstream.train.MiniCorpus;
import io.tagstream.train.SmallTagger;
import io.tagstream.train.TrainListener;
import io.tagstream.train.TrainingRun;
import io.tagstream.words.WordVectors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("try") // scopes are opened for what closing them frees
class GradientFlowTest {
    private static final int HIDDEN = 5;
    private static final int LENGTH = 30;

    @BeforeEach
    void start() {
        LibTorch.start();
    }

    /** With h near zero tanh is the identity, so each step back multiplies by a, and the norm of dE/dh_(t-k) is a^k sqrt(H). */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.9, 1.1})
    void shouldBeThePowerOfTheRecurrentWeightInAnRnn(double a) {
        try (PointerScope scope = new PointerScope()) {
            float[] recurrent = new float[HIDDEN * HIDDEN];
            for (int i = 0; i < HIDDEN; i++) {
                recurrent[i * HIDDEN + i] = (float) a;
            }
            GradientFlow flow = flow(Cell.RNN, recurrent, new float[HIDDEN]);
            for (int k = 0; k < LENGTH; k++) {
                double expected = Math.pow(a, k) * Math.sqrt(HIDDEN);
                assertThat(flow.h()[k]).isCloseTo(expected, within(expected * 1e-3));
            }
            assertThat(flow.c()).isEmpty();
            assertThat(flow.relative().h()[0]).isEqualTo(1);
        }
    }

    /** Without recurrent weights the only way back is the memory, and each step along it is the forget gate. */
    @Test
    void shouldBeTheForgetGateAlongTheMemoryOfAnLstm() {
        try (PointerScope scope = new PointerScope()) {
            float[] bias = new float[4 * HIDDEN];
            Arrays.fill(bias, HIDDEN, 2 * HIDDEN, 2);
            GradientFlow flow = flow(Cell.LSTM, new float[4 * HIDDEN * HIDDEN], bias);
            double forget = 1 / (1 + Math.exp(-2));
            for (int k = 1; k < LENGTH; k++) {
                assertThat(flow.c()[k] / flow.c()[k - 1]).isCloseTo(forget, within(1e-3));
            }
            assertThat(flow.h()[1]).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Cell.class)
    void shouldStepAsLibtorchDoes(Cell cell) {
        List<LabelledSentence> corpus = MiniCorpus.sentences();
        NetworkSettings settings =
                new NetworkSettings(cell, 2, 6, 3, 1, false, 5, NetworkSettings.DEFAULT_AFFIXES, 3, 1000);
        TrainedWeights weights = untrained(corpus, settings);
        try (TaggerNetwork fused = new TaggerNetwork(weights.shape(), weights.byName(), false);
                TaggerNetwork unrolled = new TaggerNetwork(weights.shape(), weights.byName(), false)) {
            unrolled.unroll(new UnrolledCell(cell));
            CorpusEncoder encoder = new CorpusEncoder(weights.shape());
            List<List<Piece>> documents = encoder.documents(corpus);
            List<NetworkTagger.Tagged> one = new NetworkTagger(fused, weights.shape()).tag(documents);
            List<NetworkTagger.Tagged> other = new NetworkTagger(unrolled, weights.shape()).tag(documents);
            for (int i = 0; i < one.size(); i++) {
                assertThat(other.get(i).piece()).isEqualTo(one.get(i).piece());
                assertThat(other.get(i).byLayer()[0]).containsExactly(one.get(i).byLayer()[0], within(1e-5f));
            }
        }
    }

    @Test
    void shouldLookInsideATagger() {
        List<LabelledSentence> corpus = MiniCorpus.sentences();
        SmallTagger tagger = SmallTagger.train(corpus, Cell.LSTM, 8, 3, 1, () -> false);

        GradientFlow flow = tagger.flow(corpus);
        assertThat(flow.h()).hasSize(NetworkProbe.DISTANCE + 1).doesNotContain(Double.NaN);
        assertThat(flow.h()[0]).isPositive();
        assertThat(flow.h()[NetworkProbe.DISTANCE]).isLessThan(flow.h()[0]);

        List<GateActivity> gates = tagger.gates(corpus.subList(0, 2));
        assertThat(gates).hasSize(2);
        assertThat(gates.get(0).tokens()).hasSize(corpus.get(0).size());
        for (double open : gates.get(0).input()[0]) {
            assertThat(open).isStrictlyBetween(0.0, 1.0);
        }
        assertThat(gates.get(0).forms()).doesNotHaveDuplicates();
        assertThat(gates.get(0).forget()[0]).hasSize(8);
        assertThat(GateActivity.mean(new double[][] {{0.25, 0.75}})).containsExactly(0.5);
        // The state runs on: the second sentence reads otherwise when it comes first.
        assertThat(gates.get(1).memory()[0])
                .isNotEqualTo(tagger.gates(corpus.subList(1, 2)).get(0).memory()[0]);
    }

    private static TrainedWeights untrained(List<LabelledSentence> corpus, NetworkSettings settings) {
        TrainSettings run = MiniCorpus.settings(Path.of(""), settings, MiniCorpus.epochs(1), Precision.FP32);
        return new TrainingRun(
                        run, new Corpora(corpus, corpus, List.of()), WordVectors.NONE, TrainListener.SILENT, () -> true)
                .learn();
    }

    /** Inputs are all but nothing; the error is the sum of the last h. */
    private static GradientFlow flow(Cell cell, float[] recurrent, float[] bias) {
        int gates = cell == Cell.LSTM ? 4 * HIDDEN : HIDDEN;
        Random random = new Random(1);
        float[] inputs = new float[LENGTH * 2];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (random.nextGaussian() * 1e-5);
        }
        float[] inputWeights = new float[gates * 2];
        Arrays.fill(inputWeights, 1);
        Tensor w = LibTorch.of(inputWeights, gates, 2);
        w.set_requires_grad(true);
        TensorVector weights = new TensorVector(
                w,
                LibTorch.of(recurrent, gates, HIDDEN),
                LibTorch.of(bias, gates),
                LibTorch.of(new float[gates], gates));
        Tensor zero = LibTorch.of(new float[HIDDEN], 1, 1, HIDDEN);
        long[] sizes = new long[LENGTH];
        Arrays.fill(sizes, 1);
        UnrolledCell unrolled = new UnrolledCell(cell);
        NetworkOutput output = unrolled.run(LibTorch.of(inputs, LENGTH, 2), sizes, zero, zero, weights, 1);
        output.h().sum().backward();
        return GradientFlow.of(unrolled.steps(), cell == Cell.LSTM);
    }
}
