package io.tagstream.position;

import io.tagstream.settings.InputPolicy;
import io.tagstream.stream.InvalidSettingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where the application reads on when the offset that it wants is not in the topic. Kafka's own {@code auto.offset.reset} is
 * switched off, because it jumps without a word.
 *
 * <ul>
 *   <li>No committed offset: at the position known from the start.
 *   <li>Before the first offset: retention removed records that were not read yet. Goes on at the first one, with a warning and a count,
 *       or stops, as the policy says.
 *   <li>Behind the last offset: the topic was recreated or truncated. Stops.
 * </ul>
 *
 * For any thread.
 */
public final class OffsetResets {
    private static final Logger LOG = LoggerFactory.getLogger(OffsetResets.class);

    private final InputTracking input;
    private final InputPolicy.MissingRecords policy;

    public OffsetResets(InputTracking input, InputPolicy.MissingRecords policy) {
        this.input = input;
        this.policy = policy;
    }

    /**
     * Sets the consumer to where it reads on.
     *
     * @throws InvalidSettingException if the application must stop
     */
    void settle(InvalidOffsetException failure, Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, Long> wanted = wanted(failure);
        Set<TopicPartition> partitions = wanted.keySet();
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        wanted.forEach((partition, offset) -> {
            long start = starts.getOrDefault(partition, 0L);
            if (offset < start) {
                missing(partition, offset, start);
                consumer.seek(partition, start);
            } else if (failure instanceof OffsetOutOfRangeException) {
                throw new InvalidSettingException("the input " + partition + " ends before offset " + offset
                        + ", up to which it was processed: the topic was recreated or truncated; start again with"
                        + " --recreated-input restart to begin at its start, or let the application start over with"
                        + " tagstream reset");
            } else {
                LOG.info("{} has no committed offset: it is read from offset {}", partition, offset);
                consumer.seek(partition, offset);
            }
        });
    }

    private Map<TopicPartition, Long> wanted(InvalidOffsetException failure) {
        if (failure instanceof OffsetOutOfRangeException outOfRange) {
            return outOfRange.offsetOutOfRangePartitions();
        }
        if (!(failure instanceof NoOffsetForPartitionException)) {
            throw failure;
        }
        Map<TopicPartition, Long> wanted = new HashMap<>();
        for (TopicPartition partition : failure.partitions()) {
            InputPosition position = input.positions().get(partition);
            if (position == null) {
                throw new InvalidSettingException("the committed offset of " + partition
                        + " is gone while the application ran, and there is no stored position: start it again, and say by"
                        + " --from where it goes on");
            }
            wanted.put(partition, position.offset());
        }
        return wanted;
    }

    private void missing(TopicPartition partition, long offset, long start) {
        if (policy == InputPolicy.MissingRecords.STOP) {
            throw new InvalidSettingException(MissingRecordCounts.sentence(partition, offset, start)
                    + ", and --missing-records is stop: start again with --missing-records continue to go on at offset "
                    + start);
        }
        input.missing().passOver(partition, offset, start);
    }
}
