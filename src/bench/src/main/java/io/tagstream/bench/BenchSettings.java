package io.tagstream.bench;

import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.text.UsageException;
import java.time.Duration;

/**
 * How taggers are measured.
 *
 * @param repetitions measured passes over the corpus, each tagger once a round
 * @param warmUp the CPU time that each tagger gets before, and at least {@link #WARM_UP_PASSES} passes
 * @param casing what the taggers are shown
 */
public record BenchSettings(int repetitions, Duration warmUp, Casing casing) {
    public static final int DEFAULT_REPETITIONS = 7;
    /** Enough for the second compiler tier on a corpus of any size. */
    public static final Duration DEFAULT_WARM_UP = Duration.ofSeconds(2);

    static final int WARM_UP_PASSES = 2;

    public BenchSettings {
        if (repetitions < 1) {
            throw new UsageException("repetitions must be at least 1, got " + repetitions);
        }
    }
}
