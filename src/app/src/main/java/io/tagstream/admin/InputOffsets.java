package io.tagstream.admin;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Places in the input as offsets. */
public final class InputOffsets {
    private InputOffsets() {}

    /** A time after the last record is the end of its partition. */
    public static Map<TopicPartition, Long> at(
            Brokers brokers, Collection<TopicPartition> partitions, OffsetSpec place) {
        Map<TopicPartition, Long> offsets = list(brokers, partitions, place);
        List<TopicPartition> without = partitions.stream()
                .filter(partition -> offsets.getOrDefault(partition, -1L) < 0)
                .toList();
        if (!without.isEmpty()) {
            offsets.putAll(list(brokers, without, OffsetSpec.latest()));
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> list(
            Brokers brokers, Collection<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> specs =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> listed =
                brokers.get(brokers.admin().listOffsets(specs).all(), "list the offsets of the input");
        Map<TopicPartition, Long> offsets = new HashMap<>();
        listed.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }
}
