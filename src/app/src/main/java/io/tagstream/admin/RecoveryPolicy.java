package io.tagstream.admin;

import io.tagstream.model.InvalidModelException;
import io.tagstream.stream.ForeignStateException;
import io.tagstream.stream.InvalidSettingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.TopologyException;

/**
 * What follows when a stream thread has died. Its open transaction is aborted, so a new thread tags again what it held, and nothing
 * is lost or doubled by trying.
 *
 * <ul>
 *   <li>What no new thread cures (authorisation, a foreign state under the policy {@code fail}, an error of the JVM) stops the
 *       application at once.
 *   <li>While the brokers are away, threads are replaced for as long as it takes.
 *   <li>For any other cause a thread is replaced {@link #MOST_FAILURES} times within {@link #WINDOW}; then the application stops.
 * </ul>
 *
 * Each replacement within the window waits twice as long as the one before, up to {@link #LONGEST_WAIT}. For any thread.
 */
public final class RecoveryPolicy {
    /** For each stream thread: one cause often takes all of them. */
    public static final int MOST_FAILURES = 5;

    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final int MOST_DOUBLINGS = 16;
    /** A chain of causes may be a circle. */
    private static final int MOST_CAUSES = 50;

    private static final List<Class<? extends Throwable>> HOPELESS = List.of(
            Error.class,
            AuthenticationException.class,
            AuthorizationException.class,
            ConfigException.class,
            ForeignStateException.class,
            InvalidModelException.class,
            InvalidSettingException.class,
            RecordTooLargeException.class,
            TopologyException.class,
            UnsupportedVersionException.class);
    private static final List<Class<? extends Throwable>> OF_THE_BROKERS =
            List.of(RetriableException.class, MissingSourceTopicException.class, TimeoutException.class);

    private final int threads;
    private final Duration firstWait;
    private final LongSupplier nanoTime;
    /** When threads died within the window, oldest first, by {@code nanoTime}. */
    private final Deque<Long> brokerFailures = new ArrayDeque<>();

    private final Deque<Long> otherFailures = new ArrayDeque<>();

    /**
     * @param replace whether a new thread takes the place of the dead one
     * @param pause how long to wait before
     * @param reason half a sentence for the log, why it is so
     */
    public record Verdict(boolean replace, Duration pause, String reason) {}

    public RecoveryPolicy(int threads) {
        this(threads, FIRST_WAIT, System::nanoTime);
    }

    public RecoveryPolicy(int threads, Duration firstWait, LongSupplier nanoTime) {
        this.threads = threads;
        this.firstWait = firstWait;
        this.nanoTime = nanoTime;
    }

    /** Counts this death and says what follows. */
    public synchronized Verdict judge(Throwable cause) {
        if (isAny(cause, HOPELESS)) {
            return new Verdict(false, Duration.ZERO, "a new thread would not cure it");
        }
        if (isAny(cause, OF_THE_BROKERS)) {
            return new Verdict(true, pause(count(brokerFailures)), "the brokers may come back");
        }
        int failures = count(otherFailures);
        int most = MOST_FAILURES * threads;
        String reason = "failure " + failures + " within " + WINDOW.toMinutes() + " minutes, at most " + most
                + " are tolerated";
        return failures > most ? new Verdict(false, Duration.ZERO, reason) : new Verdict(true, pause(failures), reason);
    }

    /** How many there are within the window with the one that is now. */
    private int count(Deque<Long> failures) {
        long now = nanoTime.getAsLong();
        while (!failures.isEmpty() && now - failures.peekFirst() > WINDOW.toNanos()) {
            failures.removeFirst();
        }
        failures.addLast(now);
        return failures.size();
    }

    private Duration pause(int failures) {
        int doublings = Math.min((failures - 1) / threads, MOST_DOUBLINGS);
        Duration pause = firstWait.multipliedBy(1L << doublings);
        return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
    }

    private static boolean isAny(Throwable failure, List<Class<? extends Throwable>> types) {
        return causes(failure).anyMatch(cause -> types.stream().anyMatch(type -> type.isInstance(cause)));
    }

    /** The failure and what caused it, innermost last. */
    public static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MOST_CAUSES);
    }

    /** The innermost cause says it best: Kafka Streams wraps it several times. */
    public static String sentence(Throwable failure) {
        Throwable cause = causes(failure).reduce(failure, (outer, inner) -> inner);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
