package io.tagstream.topology;

import io.tagstream.position.InputTracking;
import io.tagstream.stream.TaggingMetrics;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;

/** What the application counts in addition to {@link TaggingMetrics}, which ends these counts with its own. */
final class RecordMetrics {
    private final Sensor passed;
    private final Sensor deadLetters;
    private final Sensor skipped;

    RecordMetrics(TaggingMetrics metrics, int partition, InputTracking input) {
        this.passed =
                metrics.counter(TaggingMetrics.PASSED_RECORDS, "records without a text that were put out as they came");
        this.deadLetters = metrics.counter(TaggingMetrics.DEAD_LETTERS, "records sent to the dead-letter topic");
        this.skipped = metrics.counter(
                TaggingMetrics.SKIPPED_RECORDS, "records that were read again after they had been processed");
        metrics.counter(
                TaggingMetrics.MISSING_RECORDS,
                "offsets that retention removed before they were read",
                new MissingRecordsStat(input, partition));
    }

    void passed() {
        passed.record(1);
    }

    void deadLetter() {
        deadLetters.record(1);
    }

    void skipped() {
        skipped.record(1);
    }

    /** Shows a count that the consumers keep. */
    private record MissingRecordsStat(InputTracking input, int partition) implements MeasurableStat {
        @Override
        public double measure(MetricConfig config, long now) {
            return input.missing().of(input.topicIds().keySet(), partition);
        }

        @Override
        public void record(MetricConfig config, double value, long now) {
            // Nothing is recorded by a task.
        }
    }
}
