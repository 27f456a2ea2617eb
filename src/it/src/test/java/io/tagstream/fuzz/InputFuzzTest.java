package io.tagstream.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputFuzzTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldRefuseOrReadWhateverComes(long seed) {
        InputFuzz.Outcome outcome = new InputFuzz(seed).run(25_000);

        assertThat(outcome.refused()).isGreaterThan(5_000);
        assertThat(outcome.read()).isGreaterThan(5_000);
        assertThat(outcome.tokens()).isGreaterThan(20_000);
    }
}
