package io.tagstream.service;

import io.tagstream.stream.TaggingMetrics;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.JmxReporter;
import org.apache.kafka.common.metrics.KafkaMetricsContext;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;

/**
 * What the process counts, not a task, in the group of {@link TaggingMetrics} and in JMX beside Kafka Streams' own. For any thread.
 */
final class ApplicationMetrics implements AutoCloseable {
    private static final String JMX_PREFIX = "kafka.streams";
    private static final String TAG = "application-id";

    private final Metrics metrics = new Metrics(
            new MetricConfig(), List.of(new JmxReporter()), Time.SYSTEM, new KafkaMetricsContext(JMX_PREFIX));
    private final String applicationId;

    ApplicationMetrics(String applicationId) {
        this.applicationId = applicationId;
    }

    /** Shows a count that somebody keeps. */
    void count(String name, String description, LongSupplier count) {
        metrics.addMetric(
                new MetricName(name, TaggingMetrics.GROUP, description, Map.of(TAG, applicationId)),
                (config, now) -> count.getAsLong());
    }

    Map<MetricName, ? extends Metric> all() {
        return metrics.metrics();
    }

    @Override
    public void close() {
        metrics.close();
    }
}
