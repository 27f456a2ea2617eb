package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CalibrationTest {
    private final Calibration calibration = new Calibration();

    @Test
    void shouldWeighTheDistanceOfEachBinByItsTokens() {
        // Bin (14/15, 1]: scores 0.95 and 1.0, one of two right: |0.5 - 0.975| = 0.475.
        calibration.add(0.95, true);
        calibration.add(1.0, false);
        // Bin (8/15, 9/15]: score 0.55 twice, both right: |1 - 0.55| = 0.45.
        calibration.add(0.55, true);
        calibration.add(0.55, true);

        assertThat(calibration.error()).isCloseTo(0.5 * 0.475 + 0.5 * 0.45, within(1e-12));
        assertThat(calibration.total()).isEqualTo(4);
    }

    @Test
    void shouldLetOverAndUnderconfidenceCancelOutInsideABinOnly() {
        calibration.add(0.51, true);
        calibration.add(0.51, false); // |0.5 - 0.51| in bin (7/15, 8/15]
        calibration.add(0.9, false); // 0.9 in bin (13/15, 14/15]

        assertThat(calibration.error()).isCloseTo((2 * 0.01 + 0.9) / 3, within(1e-12));
    }

    @Test
    void shouldPutABoundIntoTheBinBelowIt() {
        calibration.add(0.0, false);
        calibration.add(1.0 / 15, true);
        calibration.add(1.0, true);

        assertThat(calibration.bins())
                .extracting(Calibration.Bin::tokens, Calibration.Bin::upTo)
                .containsExactly(tuple(2, 1.0 / 15), tuple(1, 1.0));
    }

    @Test
    void shouldFindNoErrorInScoresThatAreCertainAndRight() {
        calibration.add(1.0, true);

        assertThat(calibration.error()).isZero();
    }
}
