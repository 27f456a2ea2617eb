package io.tagstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fuzz.InputFuzz;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A million values of all kinds through decoders and tokenizer, without a broker, in four parts with seeds of their own. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
class FuzzFaultsIT {
    private static final int INPUTS = 250_000;

    /** In a thread of its own: one that never ends cannot be interrupted. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void shouldRefuseOrReadWhateverComes(long seed, Stage stage) throws Exception {
        long start = System.nanoTime();
        InputFuzz.Outcome outcome = new InputFuzz(seed).run(INPUTS);

        Stage.say("fuzz, seed " + seed + ": " + INPUTS + " inputs in " + (System.nanoTime() - start) / 1_000_000_000
                + " s, " + outcome);
        stage.count(
                "fuzz: random and broken values",
                new Outcome(INPUTS, outcome.read(), outcome.refused(), 0, 0, 0, 0, List.of()));
        assertThat(outcome.refused() + outcome.read()).isEqualTo(INPUTS);
    }
}
