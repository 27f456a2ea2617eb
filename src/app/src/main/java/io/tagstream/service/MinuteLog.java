package io.tagstream.service;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged once a minute: the dead letters that were only counted, and the progress of an application that runs. Closing it logs
 * the last count.
 */
final class MinuteLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MinuteLog.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final DeadLetterLog deadLetters = new DeadLetterLog();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "tagstream-minute");
        thread.setDaemon(true);
        return thread;
    });

    /** For the {@link DeadLetterHandler} of each thread. */
    DeadLetterLog deadLetters() {
        return deadLetters;
    }

    void start(Supplier<Map<MetricName, ? extends Metric>> metrics, BooleanSupplier running) {
        start(metrics, running, PERIOD);
    }

    void start(Supplier<Map<MetricName, ? extends Metric>> metrics, BooleanSupplier running, Duration period) {
        ProgressLog progress = new ProgressLog(metrics, deadLetters::total, System::nanoTime);
        ScheduledFuture<?> unused = timer.scheduleAtFixedRate(
                () -> log(progress, running), period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void log(ProgressLog progress, BooleanSupplier running) {
        try {
            deadLetters.report();
            if (running.getAsBoolean()) {
                progress.report();
            }
        } catch (RuntimeException e) {
            // The next minute must come.
            LOG.warn("what is logged once a minute failed", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        deadLetters.report();
    }
}
