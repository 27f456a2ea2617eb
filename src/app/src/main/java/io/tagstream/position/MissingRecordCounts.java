package io.tagstream.position;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many offsets of each input partition were gone before they were read, since this process started. An upper bound of the
 * records: offsets of transaction markers and of what was compacted away count too. For any thread.
 */
public final class MissingRecordCounts {
    private static final Logger LOG = LoggerFactory.getLogger(MissingRecordCounts.class);

    private final Map<TopicPartition, LongAdder> counts = new ConcurrentHashMap<>();

    /**
     * Counts what is missing, and says it.
     *
     * @param offset the first that is missing
     * @param start the first that is there
     */
    public void passOver(TopicPartition partition, long offset, long start) {
        counts.computeIfAbsent(partition, unused -> new LongAdder()).add(start - offset);
        LOG.warn(
                "{}: it goes on at offset {}; give the topic a longer retention.ms",
                sentence(partition, offset, start),
                start);
    }

    public static String sentence(TopicPartition partition, long offset, long start) {
        return "the records of " + partition + " from offset " + offset + " to " + (start - 1) + ", at most "
                + (start - offset) + ", were removed by the topic's retention before they were read";
    }

    /** Over these topics, of the partition with this number. */
    public long of(Collection<String> topics, int partition) {
        long sum = 0;
        for (String topic : topics) {
            LongAdder count = counts.get(new TopicPartition(topic, partition));
            sum += count == null ? 0 : count.sum();
        }
        return sum;
    }
}
