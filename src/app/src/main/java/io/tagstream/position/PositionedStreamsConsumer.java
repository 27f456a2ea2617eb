package io.tagstream.position;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.internals.AsyncKafkaConsumer;
import org.apache.kafka.clients.consumer.internals.StreamsRebalanceData;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.internals.ConsumerWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The consumer of a stream thread under the group protocol {@code streams}; {@link OffsetResets} says where it goes on. Kafka Streams
 * makes this consumer itself, past the client supplier, and lets it be wrapped by a class that an internal property names:
 * {@code PositionsIT} fails where a version of Kafka no longer does.
 */
public final class PositionedStreamsConsumer extends ConsumerWrapper {
    /** The property that holds the {@link OffsetResets} themselves. */
    static final String RESETS = "tagstream.offset.resets";

    private @Nullable OffsetResets resets;

    /** The properties of Kafka Streams that make its main consumers such ones. */
    public static Map<String, Object> properties(OffsetResets resets) {
        return Map.of(
                StreamsConfig.mainConsumerPrefix(StreamsConfig.InternalConfig.INTERNAL_CONSUMER_WRAPPER),
                PositionedStreamsConsumer.class.getName(),
                StreamsConfig.mainConsumerPrefix(RESETS),
                resets);
    }

    @Override
    public void wrapConsumer(
            AsyncKafkaConsumer<byte[], byte[]> consumer,
            Map<String, Object> config,
            Optional<StreamsRebalanceData> rebalanceData) {
        super.wrapConsumer(consumer, config, rebalanceData);
        resets = (OffsetResets) Objects.requireNonNull(config.get(RESETS), RESETS);
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            return super.poll(timeout);
        } catch (InvalidOffsetException e) {
            Objects.requireNonNull(resets).settle(e, this);
            return ConsumerRecords.empty();
        }
    }
}
