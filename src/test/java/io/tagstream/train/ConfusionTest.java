package io.tagstream.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    @Test
    void shouldGivePrecisionRecallAndTheWorstMistakes() {
        Confusion confusion = new Confusion(List.of("A", "B", "C"), new int[][] {{6, 2, 0}, {1, 3, 0}, {0, 0, 0}});

        assertThat(confusion.precision(0)).isCloseTo(6.0 / 7, within(1e-12));
        assertThat(confusion.recall(0)).isEqualTo(0.75);
        assertThat(confusion.f1(0)).isCloseTo(0.8, within(1e-12));
        assertThat(confusion.precision(2)).isZero();
        assertThat(confusion.f1(2)).isZero();
        assertThat(confusion.mistakes(5))
                .containsExactly(new Confusion.Mistake("A", "B", 2), new Confusion.Mistake("B", "A", 1));
        assertThat(confusion.mistakes(1)).hasSize(1);
    }
}
