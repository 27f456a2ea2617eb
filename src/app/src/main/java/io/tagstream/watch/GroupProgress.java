package io.tagstream.watch;

import io.tagstream.settings.KafkaPropertyRules;
import io.tagstream.settings.StreamSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The progress of the group, by an admin client of its own: two requests for {@link #offsets}. Belongs to one thread.
 */
public final class GroupProgress implements Progress {
    /** Shorter than the patience of the watch. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final Duration READ_WITHIN = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final StreamSettings settings;
    private final Map<TopicPartition, Long> starts;
    private final Admin admin;

    private GroupProgress(StreamSettings settings, Map<TopicPartition, Long> starts, Admin admin) {
        this.settings = settings;
        this.starts = Map.copyOf(starts);
        this.admin = admin;
    }

    /** @param starts where a partition is read from that has no committed offset, if not from its first */
    public static GroupProgress open(StreamSettings settings, Map<TopicPartition, Long> starts) {
        return new GroupProgress(settings, starts, Admin.create(properties(settings)));
    }

    private static Map<String, Object> properties(StreamSettings settings) {
        Map<String, Object> properties = KafkaPropertyRules.forAdmin(settings.kafkaProperties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        return properties;
    }

    @Override
    public Map<TopicPartition, Offsets> offsets(Collection<TopicPartition> partitions)
            throws InterruptedException, UnreachableException {
        Map<TopicPartition, Long> stable = list(partitions, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(settings.applicationId()).partitionsToOffsetAndMetadata());
        Set<TopicPartition> fresh = new HashSet<>(partitions);
        fresh.removeIf(partition -> committed.get(partition) != null || starts.containsKey(partition));
        Map<TopicPartition, Long> first =
                fresh.isEmpty() ? Map.of() : list(fresh, OffsetSpec.earliest(), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Offsets> offsets = new HashMap<>();
        stable.forEach((partition, end) -> {
            OffsetAndMetadata at = committed.get(partition);
            Long position =
                    at != null ? Long.valueOf(at.offset()) : starts.getOrDefault(partition, first.get(partition));
            if (position != null) {
                offsets.put(partition, new Offsets(position, end));
            }
        });
        return offsets;
    }

    @Override
    public Map<TopicPartition, Long> ends(Collection<TopicPartition> partitions)
            throws InterruptedException, UnreachableException {
        return list(partitions, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> list(
            Collection<TopicPartition> partitions, OffsetSpec spec, IsolationLevel isolation)
            throws InterruptedException, UnreachableException {
        Map<TopicPartition, OffsetSpec> specs =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        get(admin.listOffsets(specs, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    @Override
    public long firstRecord(TopicPartition partition, long from, long to)
            throws InterruptedException, UnreachableException {
        Map<String, Object> properties = properties(settings);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where the start of the log has come past the position.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long deadline = System.nanoTime() + READ_WITHIN.toNanos();
            while (consumer.position(partition) < to && System.nanoTime() - deadline < 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    return record.offset() < to ? record.offset() : -1;
                }
            }
            if (consumer.position(partition) < to) {
                throw new IllegalStateException(
                        "the records of " + partition + " could not be read within " + READ_WITHIN.toSeconds() + " s");
            }
            return -1;
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (RetriableException e) {
            throw new UnreachableException(e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, UnreachableException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException retriable) {
                throw new UnreachableException(retriable);
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
