package io.tagstream.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.MeasurableStat;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.StreamsMetrics;
import org.apache.kafka.streams.processor.TaskId;

/**
 * What one task of a step counts, next to Kafka Streams' own metrics: {@code <name>-total} in the group {@link #GROUP}, tagged with the task
 * and the step. A count starts at 0 where the task starts, and counts a record again that is tagged again after an aborted transaction.
 */
public final class TaggingMetrics implements AutoCloseable {
    public static final String GROUP = "tagstream-metrics";
    public static final String SENTENCES = "sentences-total";
    public static final String TOKENS = "tokens-total";
    /** Records that have no text and were put out as they came, of the application alone. */
    public static final String PASSED_RECORDS = "passed-records-total";

    /** Of the application: records that were sent to the dead-letter topic. */
    public static final String DEAD_LETTERS = "dead-letters-total";
    /** Of a step of the library: records that became a {@link BadRecord}. */
    public static final String BAD_RECORDS = "bad-records-total";

    public static final String STATE_RESETS = "state-resets-total";
    public static final String EXPIRIES = "state-expiries-total";
    public static final String EVICTIONS = "state-evictions-total";
    /** Of the application: counted by the process, not by the task, so what a task that has left has counted stays. */
    public static final String MISSING_RECORDS = "missing-records-total";

    /** Of the application. */
    public static final String SKIPPED_RECORDS = "skipped-records-total";
    /** Of the application, for the whole process, without a task. */
    public static final String STALLS = "stalls-total";

    private static final String TASK_TAG = "task-id";
    private static final String STEP_TAG = "step";

    private final StreamsMetrics metrics;
    private final String prefix;
    private final Map<String, String> tags;
    private final List<Sensor> sensors = new ArrayList<>();
    private final Sensor sentences;
    private final Sensor tokens;
    private final Sensor stateResets;
    private final Sensor expiries;
    private final Sensor evictions;

    private TaggingMetrics(StreamsMetrics metrics, String prefix, Map<String, String> tags) {
        this.metrics = metrics;
        this.prefix = prefix;
        this.tags = tags;
        this.sentences = counter(SENTENCES, "sentences tagged");
        this.tokens = counter(TOKENS, "tokens tagged");
        this.stateResets = counter(STATE_RESETS, "stored states that were another model's or torn, and were reset");
        this.expiries = counter(EXPIRIES, "streams that started afresh after their time to live");
        this.evictions = counter(EVICTIONS, "expired states that were removed from the store");
    }

    /** Of the application, which has one step. */
    public static TaggingMetrics of(StreamsMetrics metrics, TaskId task) {
        return new TaggingMetrics(metrics, "tagstream." + task, Map.of(TASK_TAG, task.toString()));
    }

    /** @throws InvalidSettingException if another step of the task has the name */
    static TaggingMetrics ofStep(StreamsMetrics metrics, TaskId task, String step) {
        Map<String, String> tags = new LinkedHashMap<>();
        tags.put(TASK_TAG, task.toString());
        tags.put(STEP_TAG, step);
        if (metrics.metrics().containsKey(new MetricName(SENTENCES, GROUP, "", tags))) {
            throw new InvalidSettingException("two steps are named " + step + ": give each its own name");
        }
        return new TaggingMetrics(metrics, "tagstream." + task + "." + step, tags);
    }

    /** One more count; it ends with this. */
    public Sensor counter(String name, String description) {
        return counter(name, description, new CumulativeSum());
    }

    public Sensor counter(String name, String description, MeasurableStat stat) {
        Sensor sensor = metrics.addSensor(prefix + "." + name, Sensor.RecordingLevel.INFO);
        sensor.add(new MetricName(name, GROUP, description, tags), stat);
        sensors.add(sensor);
        return sensor;
    }

    public void tagged(int sentenceCount, int tokenCount) {
        sentences.record(sentenceCount);
        tokens.record(tokenCount);
    }

    void stateReset() {
        stateResets.record(1);
    }

    void expired() {
        expiries.record(1);
    }

    void evicted(int states) {
        evictions.record(states);
    }

    @Override
    public void close() {
        sensors.forEach(metrics::removeSensor);
    }
}
