package io.tagstream.stream;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;

/**
 * How many offsets of each input partition were gone before they were read, since this process started. An upper bound of the
 * records: offsets of transaction markers and of what was compacted away count too. For any thread.
 */
final class MissingRecordCounts {
    private final Map<TopicPartition, LongAdder> counts = new ConcurrentHashMap<>();

    void add(TopicPartition partition, long offsets) {
        counts.computeIfAbsent(partition, unused -> new LongAdder()).add(offsets);
    }

    /** Over these topics, of the partition with this number. */
    long of(Collection<String> topics, int partition) {
        long sum = 0;
        for (String topic : topics) {
            LongAdder count = counts.get(new TopicPartition(topic, partition));
            sum += count == null ? 0 : count.sum();
        }
        return sum;
    }
}
