package io.tagstream.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.model.Cell;
import io.tagstream.network.Recall.Ask;
import io.tagstream.network.Recall.Result;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecallTest {
    private static final double CHANCE = 0.25;

    private final Recall recall = new Recall(new Recall.Settings(4, 16, 32, 300, 1e-2, 1, 1), () -> false);

    @Test
    void shouldRememberTheFirstWithAnLstmBetterThanChance() {
        Result result = recall.run(Cell.LSTM, Ask.FIRST, List.of(4)).get(0);

        assertThat(result.accuracy()).isGreaterThan(2 * CHANCE);
        assertThat(result.before().h()).hasSize(5);
        assertThat(result.before().c()).hasSize(5);
        assertThat(result.steps()).isBetween(1, 300);
    }

    @Test
    void shouldGoOnFromOneDistanceToTheNext() {
        List<Result> results = recall.run(Cell.RNN, Ask.LAST, List.of(2, 6));

        assertThat(results).extracting(Result::distance).containsExactly(2, 6);
        assertThat(results).allSatisfy(result -> assertThat(result.accuracy()).isGreaterThan(0.9));
        assertThat(results.get(1).steps()).isLessThan(results.get(0).steps());
    }

    @Test
    void shouldGuessWhereNothingWasLearned() {
        Recall none = new Recall(new Recall.Settings(4, 16, 32, 300, 1e-2, 1, 1), () -> true);

        Result result = none.run(Cell.RNN, Ask.FIRST, List.of(30)).get(0);

        assertThat(result.steps()).isZero();
        assertThat(result.accuracy()).isBetween(CHANCE - 0.1, CHANCE + 0.1);
        assertThat(result.before().h()[30]).isLessThan(1e-4 * result.before().h()[0]);
    }
}
