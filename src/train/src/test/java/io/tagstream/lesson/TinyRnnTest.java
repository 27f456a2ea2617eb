package io.tagstream.lesson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.lesson.TinyRnn.Example;
import java.util.List;
import org.junit.jupiter.api.Test;

class TinyRnnTest {
    private static final double NUDGE = 1e-6;

    private final Example example =
            new Example(List.of("I", "work", "at", "apple"), new double[] {0.8, 0.9, 0.1, 0.0}, new int[] {0, 1, 2, 3});
    private final TinyRnn network = new TinyRnn(3, 4, 7);

    @Test
    void shouldHaveTermsThatAddUpToTheSlope() {
        for (int t = 0; t < 4; t++) {
            double[][] terms = network.terms(example, network.forward(example.x()), t);
            assertThat(terms).hasNumberOfRows(t + 1);
            double[] weights = network.weights();
            for (int i = 0; i < weights.length; i++) {
                double sum = 0;
                for (double[] term : terms) {
                    sum += term[i];
                }
                double before = weights[i];
                weights[i] = before + NUDGE;
                double up = network.forward(example.x()).error(t, example.labels()[t]);
                weights[i] = before - NUDGE;
                double down = network.forward(example.x()).error(t, example.labels()[t]);
                weights[i] = before;
                assertThat(sum).as("E_%d, weight %d", t + 1, i).isCloseTo((up - down) / (2 * NUDGE), within(1e-8));
            }
        }
    }

    @Test
    void shouldLearnByPlainDescent() {
        double first = network.error(List.of(example));
        for (int step = 0; step < 300; step++) {
            network.learn(List.of(example), 0.5);
        }
        assertThat(network.error(List.of(example))).isLessThan(first / 10);
    }
}
