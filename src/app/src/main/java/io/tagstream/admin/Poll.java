package io.tagstream.admin;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Asks again and again until there is an answer, or it is too late. */
public final class Poll {
    private Poll() {}

    /**
     * The first answer.
     *
     * @param within after this time no further question is asked
     * @param pause between two questions
     * @param question empty for not yet
     * @param late what is thrown when it is too late
     */
    public static <T> T until(
            Duration within,
            Duration pause,
            Supplier<Optional<T>> question,
            Supplier<? extends RuntimeException> late) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Optional<T> answer = question.get();
            if (answer.isPresent()) {
                return answer.get();
            }
            if (System.nanoTime() - deadline > 0) {
                throw late.get();
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    /** Until something holds; otherwise as {@link #until}. */
    public static void untilTrue(
            Duration within, Duration pause, BooleanSupplier question, Supplier<? extends RuntimeException> late) {
        until(within, pause, () -> question.getAsBoolean() ? Optional.of(true) : Optional.empty(), late);
    }
}
