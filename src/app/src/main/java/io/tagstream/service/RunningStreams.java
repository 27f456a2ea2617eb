package io.tagstream.service;

import io.tagstream.settings.StreamSettings;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;

/** The running application as what attaches to it sees it: metrics, a health file, pages, queries of the states. For any thread. */
public interface RunningStreams {
    StreamSettings settings();

    /** For its state, its metadata and queries of its stores; whoever attaches does not start or close it. */
    KafkaStreams streams();

    /** Kafka Streams' metrics and our own. */
    Map<MetricName, ? extends Metric> metrics();

    /** How it is, in a word: Kafka Streams' state, or {@code WAITING}, {@code STALLED} or {@code UNREACHABLE}. */
    String condition();

    /** Calls this whenever the condition may have changed. */
    void whenChanged(Runnable listener);
}
