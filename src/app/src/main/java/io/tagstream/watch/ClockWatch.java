package io.tagstream.watch;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the time of day is set back. Kafka's clients and Kafka Streams time their heartbeats and commits by it: until it has
 * caught up they would send none, for an hour or a day. What is slewed, or set back by less than {@link #TOLERANCE}, they outlive.
 */
public final class ClockWatch implements AutoCloseable {
    /** Less than a session and than a transaction last. */
    static final Duration TOLERANCE = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final LongSupplier timeOfDay;
    private final LongSupplier elapsed;
    private final Consumer<Duration> setBack;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tagstream-clock");
        thread.setDaemon(true);
        return thread;
    });
    private long lastTime;
    private long lastElapsed;

    /** @param setBack is told by how much, on a thread of the watch */
    public ClockWatch(Consumer<Duration> setBack) {
        this(System::currentTimeMillis, System::nanoTime, setBack);
    }

    /**
     * @param timeOfDay in ms
     * @param elapsed in ns, which nobody can set
     */
    public ClockWatch(LongSupplier timeOfDay, LongSupplier elapsed, Consumer<Duration> setBack) {
        this.timeOfDay = timeOfDay;
        this.elapsed = elapsed;
        this.setBack = setBack;
        this.lastTime = timeOfDay.getAsLong();
        this.lastElapsed = elapsed.getAsLong();
    }

    /** Looks ten times a second until it is closed. */
    public void start() {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Compares the two clocks since the last look. */
    synchronized void look() {
        long nanos = elapsed.getAsLong();
        long time = timeOfDay.getAsLong();
        // A pause between the two would look like a step.
        while (elapsed.getAsLong() - nanos > PERIOD.toNanos()) {
            nanos = elapsed.getAsLong();
            time = timeOfDay.getAsLong();
        }
        Duration lost = Duration.ofNanos(nanos - lastElapsed).minusMillis(time - lastTime);
        lastTime = time;
        lastElapsed = nanos;
        if (lost.compareTo(TOLERANCE) > 0) {
            try {
                setBack.accept(lost);
            } catch (RuntimeException e) {
                // The next look must come.
                LOG.warn("what follows a clock that was set back failed", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
