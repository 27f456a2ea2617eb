package io.tagstream.service;

import io.tagstream.stream.TaggingMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs in one line what was done since the line before: records read, tokens tagged, dead letters, and how many records of this
 * instance's partitions are still to be read. A task that moves to another instance takes its last tokens with it, uncounted.
 */
final class ProgressLog {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressLog.class);

    private static final String THREADS = "stream-thread-metrics";
    private static final String PROCESSED = "process-total";
    private static final String FETCHES = "consumer-fetch-manager-metrics";
    private static final String LAG = "records-lag";
    private static final String CLIENT_TAG = "client-id";
    private static final String PARTITION_TAG = "partition";
    /** Of the consumers that read changelogs. */
    private static final String RESTORING = "-restore-consumer";

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
    private final LongSupplier deadLetters;
    private final LongSupplier nanoTime;
    private Map<MetricName, Double> before = Map.of();
    private long deadLettersBefore;
    private long lastTime;

    /**
     * @param metrics those of Kafka Streams, with {@link TaggingMetrics}
     * @param deadLetters how many there were since the start
     */
    ProgressLog(Supplier<Map<MetricName, ? extends Metric>> metrics, LongSupplier deadLetters, LongSupplier nanoTime) {
        this.metrics = metrics;
        this.deadLetters = deadLetters;
        this.nanoTime = nanoTime;
        this.lastTime = nanoTime.getAsLong();
    }

    synchronized void report() {
        Map<MetricName, Double> now = new HashMap<>();
        double records = 0;
        double tokens = 0;
        double passed = 0;
        double lag = 0;
        for (Map.Entry<MetricName, ? extends Metric> entry : metrics.get().entrySet()) {
            MetricName name = entry.getKey();
            if (!(entry.getValue().metricValue() instanceof Double value) || !Double.isFinite(value)) {
                continue;
            }
            if (is(name, THREADS, PROCESSED)) {
                now.put(name, value);
                records += since(name, value);
            } else if (is(name, TaggingMetrics.GROUP, TaggingMetrics.TOKENS)) {
                now.put(name, value);
                tokens += since(name, value);
            } else if (is(name, TaggingMetrics.GROUP, TaggingMetrics.PASSED_RECORDS)) {
                now.put(name, value);
                passed += since(name, value);
            } else if (is(name, FETCHES, LAG) && isOfInput(name)) {
                lag += value;
            }
        }
        long time = nanoTime.getAsLong();
        long dead = deadLetters.getAsLong();
        LOG.info(
                "in the last {} s: {} records, {} tokens, {} dead letters{}; lag {} records",
                Duration.ofNanos(time - lastTime).toSeconds(),
                (long) records,
                (long) tokens,
                dead - deadLettersBefore,
                passed == 0 ? "" : ", " + (long) passed + " passed without tags",
                (long) lag);
        before = now;
        deadLettersBefore = dead;
        lastTime = time;
    }

    private static boolean is(MetricName name, String group, String metric) {
        return name.group().equals(group) && name.name().equals(metric);
    }

    private static boolean isOfInput(MetricName name) {
        return name.tags().containsKey(PARTITION_TAG)
                && !name.tags().getOrDefault(CLIENT_TAG, "").contains(RESTORING);
    }

    /** What began again since, as that of a task that went and came back, counts from 0. */
    private double since(MetricName name, double value) {
        double last = before.getOrDefault(name, 0.0);
        return value >= last ? value - last : value;
    }
}
