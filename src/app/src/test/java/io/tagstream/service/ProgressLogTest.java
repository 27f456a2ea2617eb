package io.tagstream.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Logs;
import io.tagstream.stream.TaggingMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ProgressLogTest {
    private final Map<MetricName, Metric> metrics = new HashMap<>();
    private final AtomicLong deadLetters = new AtomicLong();
    private final AtomicLong nanos = new AtomicLong();
    private final ProgressLog log = new ProgressLog(() -> metrics, deadLetters::get, nanos::get);

    @Test
    void shouldLogWhatWasDoneSinceTheLineBefore() {
        set("stream-thread-metrics", "process-total", Map.of("thread-id", "1"), 10);
        set("stream-thread-metrics", "process-total", Map.of("thread-id", "2"), 5);
        set(TaggingMetrics.GROUP, TaggingMetrics.TOKENS, Map.of("task-id", "0_0"), 100);
        set(TaggingMetrics.GROUP, TaggingMetrics.TOKENS, Map.of("task-id", "0_1"), 7);
        lag("app-1-StreamThread-1-consumer", "0", 3);
        lag("app-1-StreamThread-1-consumer", "1", Double.NaN);
        lag("app-1-StreamThread-2-consumer", "2", 4);
        lag("app-1-StreamThread-1-restore-consumer", "0", 1000);
        deadLetters.set(2);
        assertThat(line()).endsWith("in the last 60 s: 15 records, 107 tokens, 2 dead letters; lag 7 records");

        set("stream-thread-metrics", "process-total", Map.of("thread-id", "1"), 12);
        // Task 0_0 went to another instance, and 0_1 came back.
        metrics.keySet().removeIf(name -> "0_0".equals(name.tags().get("task-id")));
        set(TaggingMetrics.GROUP, TaggingMetrics.TOKENS, Map.of("task-id", "0_1"), 6);
        assertThat(line()).endsWith("in the last 60 s: 2 records, 6 tokens, 0 dead letters; lag 7 records");
    }

    private String line() {
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        try (Logs logs = Logs.capture()) {
            log.report();
            assertThat(logs.lines()).hasSize(1);
            return logs.lines().get(0);
        }
    }

    private void lag(String client, String partition, double value) {
        set(
                "consumer-fetch-manager-metrics",
                "records-lag",
                Map.of("client-id", client, "topic", "in", "partition", partition),
                value);
    }

    private void set(String group, String name, Map<String, String> tags, double value) {
        MetricName key = new MetricName(name, group, "", tags);
        metrics.put(key, new Metric() {
            @Override
            public MetricName metricName() {
                return key;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
