package io.tagstream.service;

import io.tagstream.settings.StreamNames;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StandbyUpdateListener;
import org.apache.kafka.streams.processor.TaskId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of which partitions' states this instance keeps a standby copy, and when such a copy is complete, so that taking over costs
 * next to nothing. For any thread.
 *
 * <p>It goes by the offsets that the copy has read. The lag that {@code KafkaStreams} tells never falls to 0 under exactly-once: it
 * counts the mark of the last transaction, which is no record.
 */
final class StandbyLog implements StandbyUpdateListener {
    private static final Logger LOG = LoggerFactory.getLogger(StandbyLog.class);

    private final Set<TopicPartition> incomplete = ConcurrentHashMap.newKeySet();

    @Override
    public void onUpdateStart(TopicPartition partition, String store, long start) {
        if (!store.equals(StreamNames.STORE)) {
            return; // the positions are one record
        }
        incomplete.add(partition);
        LOG.info("the standby copy of partition {} begins at {} of its changelog", partition.partition(), start);
    }

    @Override
    public void onBatchLoaded(
            TopicPartition partition, String store, TaskId task, long batchEnd, long batchSize, long end) {
        if (batchEnd >= end && incomplete.remove(partition)) {
            LOG.info("the standby copy of partition {} is complete", partition.partition());
        }
    }

    /** It is taken over or given up: under the group protocol streams the reason does not tell which. */
    @Override
    public void onUpdateSuspended(TopicPartition partition, String store, long offset, long end, SuspendReason reason) {
        if (store.equals(StreamNames.STORE)) {
            LOG.info("the standby copy of partition {} ends at {} of its changelog", partition.partition(), offset);
        }
    }
}
