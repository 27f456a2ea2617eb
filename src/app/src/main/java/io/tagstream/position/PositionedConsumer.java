package io.tagstream.position;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of a stream thread under the group protocol {@code classic}; {@link OffsetResets} says where it goes on. */
final class PositionedConsumer extends KafkaConsumer<byte[], byte[]> {
    private final OffsetResets resets;

    PositionedConsumer(Map<String, Object> properties, OffsetResets resets) {
        super(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.resets = resets;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (InvalidOffsetException e) {
            resets.settle(e, this);
            return ConsumerRecords.empty();
        }
    }
}
