package io.tagstream.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static final int SAMPLES = 120;

    @Test
    void shouldFindALeakUnderNoise() {
        Random random = new Random(1);
        // It grows by 48 over the 96 samples that count, and the noise is as large.
        Trend leak = trend(10, i -> 500 + 0.5 * i + 30 * random.nextGaussian());

        assertThat(leak.growth()).isCloseTo(48, Offset.offset(30.0));
        assertThat(leak.isFlat()).isFalse();
    }

    @Test
    void shouldTakeASawToothForFlat() {
        assertThat(trend(10, i -> 500 + 20.0 * (i % 9)).isFlat()).isTrue();
    }

    @Test
    void shouldTakeWhatRisesWhileWarmingUpForFlat() {
        assertThat(trend(10, i -> i < SAMPLES / 5 ? 10.0 * i : 240).isFlat()).isTrue();
    }

    @Test
    void shouldTakeAFewOutliersForFlat() {
        assertThat(trend(10, i -> i > SAMPLES - 5 ? 5_000 : 240).isFlat()).isTrue();
    }

    @Test
    void shouldTakeAStepInTheMiddleForGrowth() {
        assertThat(trend(10, i -> i < SAMPLES / 2 ? 240 : 300).isFlat()).isFalse();
    }

    @Test
    void shouldSayNothingOfTooFewSamples() {
        assertThat(new Trend("few", new double[10], 10).isFlat()).isFalse();
        assertThat(new Trend("none", new double[0], 10).isFlat()).isFalse();
    }

    @Test
    void shouldShowTheMediansOfItsWindows() {
        assertThat(trend(10, i -> i).windows()).containsExactly(35.5, 59.5, 83.5, 107.5);
    }

    private static Trend trend(double allowed, IntToDoubleFunction figure) {
        return new Trend(
                "figure", IntStream.range(0, SAMPLES).mapToDouble(figure).toArray(), allowed);
    }
}
