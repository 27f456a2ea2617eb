package io.tagstream.settings;

import java.util.Map;
import org.apache.kafka.common.Uuid;

/**
 * What the topics that are there say.
 *
 * @param limits the largest records that they take
 * @param partitions of each input topic, and so the most stores of states that one process can hold
 * @param inputs name to id of each input topic
 */
public record PreparedTopics(SizeLimits limits, int partitions, Map<String, Uuid> inputs) {
    public PreparedTopics {
        inputs = Map.copyOf(inputs);
    }
}
