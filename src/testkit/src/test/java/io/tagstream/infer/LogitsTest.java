package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class LogitsTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITE = Float.POSITIVE_INFINITY;

    @Test
    void shouldFindTheFirstOfTheLargest() {
        assertThat(Logits.best(new float[] {9, 9, -1, 2, 2, 1, 9}, 2, 4)).isEqualTo(1);
        assertThat(Logits.best(new float[] {-3, -2, -2}, 0, 3)).isEqualTo(1);
        assertThat(Logits.best(new float[] {-3}, 0, 1)).isZero();
    }

    @Test
    void shouldFindNoneAmongValuesThatAreNotFinite() {
        assertThat(Logits.best(new float[] {NAN, NAN}, 0, 2)).isEqualTo(Step.NONE);
        assertThat(Logits.best(new float[] {NAN, 1, 2}, 0, 3)).isEqualTo(Step.NONE);
        assertThat(Logits.best(new float[] {1, NAN, 2}, 0, 3)).isEqualTo(Step.NONE);
        assertThat(Logits.best(new float[] {1, 2, NAN}, 0, 3)).isEqualTo(Step.NONE);
        assertThat(Logits.best(new float[] {NAN, 1, 2, NAN}, 1, 2)).isEqualTo(1);
        assertThat(Logits.best(new float[] {0, INFINITE}, 0, 2)).isEqualTo(Step.NONE);
        assertThat(Logits.best(new float[] {-INFINITE, -INFINITE}, 0, 2)).isEqualTo(Step.NONE);
        assertThat(Logits.share(new float[] {1, NAN}, 0, 2, 0)).isNaN();
        assertThat(Logits.softmax(new float[] {0, INFINITE}, 0, 2)).containsExactly(NAN, NAN);
    }

    @Test
    void shouldGiveThePowersOfE() {
        Random random = new Random(29);
        assertThat(Logits.exp(0)).isEqualTo(1);
        assertThat(Logits.exp(-INFINITE)).isZero();
        assertThat(Logits.exp(NAN)).isNaN();
        assertThat(Logits.exp(Math.nextDown(-87f))).isZero();
        for (int round = 0; round < 200_000; round++) {
            float x = -87 * random.nextFloat();
            double exact = Math.exp(x);
            assertThat(Math.abs(Logits.exp(x) - exact)).as("e to the %s", x).isLessThan(2e-7 * exact);
        }
    }

    @Test
    void shouldShareOutOneAmongLabels() {
        Random random = new Random(31);
        for (int round = 0; round < 1000; round++) {
            float[] logits = new float[40];
            for (int at = 0; at < logits.length; at++) {
                logits[at] = (float) random.nextGaussian() * 20;
            }
            int from = random.nextInt(10);
            int size = 1 + random.nextInt(30);
            double sum = 0;
            for (int at = from; at < from + size; at++) {
                sum += Math.exp(logits[at]);
            }
            float[] shares = Logits.softmax(logits, from, size);
            assertThat(shares).hasSize(size);
            for (int at = 0; at < size; at++) {
                assertThat(shares[at]).isCloseTo((float) (Math.exp(logits[from + at]) / sum), Offset.offset(1e-6f));
            }
            int best = Logits.best(logits, from, size);
            assertThat(Logits.share(logits, from, size, best)).isCloseTo(shares[best], Offset.offset(1e-6f));
        }
    }
}
