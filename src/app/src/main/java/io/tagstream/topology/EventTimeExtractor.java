package io.tagstream.topology;

import io.tagstream.state.EventTime;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own timestamp. One without (some clients write -1) takes the time of its partition, which is committed with the
 * offsets and so the same after a restart: Kafka's default extractor would stop the application. Where that time lies beyond the year 9999, because
 * another record said so, it takes 0, which expires nothing.
 */
public final class EventTimeExtractor implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.timestamp() >= 0) {
            return record.timestamp();
        }
        return partitionTime > EventTime.END ? 0 : Math.max(partitionTime, 0);
    }
}
