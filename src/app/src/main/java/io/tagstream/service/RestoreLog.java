package io.tagstream.service;

import io.tagstream.settings.StreamNames;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when states are read back from the changelog, as after a crash: the streams of that partition wait for it. */
final class RestoreLog implements StateRestoreListener {
    private static final Logger LOG = LoggerFactory.getLogger(RestoreLog.class);

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
        if (end > start && store.equals(StreamNames.STORE)) {
            LOG.info(
                    "restoring the states of partition {} from {} records of its changelog",
                    partition.partition(),
                    end - start);
        }
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEnd, long records) {
        LOG.debug("restored {} records of {}", records, partition);
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        LOG.debug("restored {} records of {} in all", records, partition);
    }
}
