package io.tagstream.position;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What the stream threads share about the input.
 *
 * @param topicIds name to id of each input topic, as at the start
 * @param positions where each partition was when the application started
 * @param missing counts what was gone before it was read
 * @param gaps looks at what lies between a position and the next record
 */
public record InputTracking(
        Map<String, Uuid> topicIds,
        Map<TopicPartition, InputPosition> positions,
        MissingRecordCounts missing,
        GapCheck gaps) {
    public InputTracking {
        topicIds = Map.copyOf(topicIds);
        positions = Map.copyOf(positions);
    }

    /** The offset of each position. */
    public Map<TopicPartition, Long> starts() {
        return positions.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().offset()));
    }

    /** Where nobody asked the brokers, as in a test without them. */
    public static InputTracking none() {
        return new InputTracking(Map.of(), Map.of(), new MissingRecordCounts(), (partition, position, offset) -> {});
    }
}
