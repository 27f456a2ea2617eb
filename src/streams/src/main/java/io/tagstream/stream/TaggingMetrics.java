package io.tagstream.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What one task counts, beside Kafka Streams' own metrics: {@code <name>-total} in the group {@link #GROUP}, tagged with the task.
 * A count starts at 0 where the task starts, and counts a record again that is tagged again after an aborted transaction.
 */
public final class TaggingMetrics implements AutoCloseable {
    public static final String GROUP = "tagstream-metrics";
    public static final String SENTENCES = "sentences-total";
    public static final String TOKENS = "tokens-total";
    /** Records that have no text and were put out as they came, with {@code --missing-text pass}. */
    public static final String PASSED_RECORDS = "passed-records-total";

    public static final String DEAD_LETTERS = "dead-letters-total";
    public static final String STATE_RESETS = "state-resets-total";
    public static final String EXPIRIES = "state-expiries-total";
    public static final String EVICTIONS = "state-evictions-total";
    /** Counted by the process, not by the task: what a task that has left has counted stays. */
    public static final String MISSING_RECORDS = "missing-records-total";

    public static final String SKIPPED_RECORDS = "skipped-records-total";
    /** Of the whole process, without a task, see {@link ProgressWatch}. */
    public static final String STALLS = "stalls-total";

    private static final String TASK_TAG = "task-id";

    private final StreamsMetrics metrics;
    private final TaskId task;
    private final List<Sensor> sensors = new ArrayList<>();
    private final Sensor sentences;
    private final Sensor tokens;
    private final Sensor passed;
    private final Sensor deadLetters;
    private final Sensor stateResets;
    private final Sensor expiries;
    private final Sensor evictions;
    private final Sensor skipped;

    TaggingMetrics(StreamsMetrics metrics, TaskId task, InputTracking input) {
        this.metrics = metrics;
        this.task = task;
        this.sentences = counter(SENTENCES, "sentences tagged");
        this.tokens = counter(TOKENS, "tokens tagged");
        this.passed = counter(PASSED_RECORDS, "records without a text that were put out as they came");
        this.deadLetters = counter(DEAD_LETTERS, "records sent to the dead-letter topic");
        this.stateResets = counter(STATE_RESETS, "stored states that were another model's or torn, and were reset");
        this.expiries = counter(EXPIRIES, "streams that started afresh after their time to live");
        this.evictions = counter(EVICTIONS, "expired states that were removed from the store");
        this.skipped = counter(SKIPPED_RECORDS, "records that were read again after they had been processed");
        counter(
                MISSING_RECORDS,
                "offsets that retention removed before they were read",
                new MissingRecordsStat(input, task.partition()));
    }

    private Sensor counter(String name, String description) {
        return counter(name, description, new CumulativeSum());
    }

    private Sensor counter(String name, String description, MeasurableStat stat) {
        Sensor sensor = metrics.addSensor("tagstream." + task + "." + name, Sensor.RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, description, Map.of(TASK_TAG, task.toString())), stat);
        sensors.add(sensor);
        return sensor;
    }

    void tagged(int sentenceCount, int tokenCount) {
        sentences.record(sentenceCount);
        tokens.record(tokenCount);
    }

    void passed() {
        passed.record(1);
    }

    void deadLetter() {
        deadLetters.record(1);
    }

    void stateReset() {
        stateResets.record(1);
    }

    void expired() {
        expiries.record(1);
    }

    void skipped() {
        skipped.record(1);
    }

    void evicted(int states) {
        evictions.record(states);
    }

    /** Shows a count that the consumers keep, see {@link OffsetResets}. */
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

    @Override
    public void close() {
        sensors.forEach(metrics::removeSensor);
    }
}
