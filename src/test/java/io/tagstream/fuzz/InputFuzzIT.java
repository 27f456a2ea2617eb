package io.tagstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The million inputs of the fault suite, in four parts with seeds of their own. */
@Tag("faults")
class InputFuzzIT {
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14})
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void shouldRefuseOrReadWhateverComes(long seed) {
        InputFuzz.Outcome outcome = new InputFuzz(seed).run(250_000);

        System.out.println("fuzz, seed " + seed + ": " + outcome);
        assertThat(outcome.refused() + outcome.read()).isEqualTo(250_000);
    }
}
