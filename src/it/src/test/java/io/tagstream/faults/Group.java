package io.tagstream.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The application as the broker sees it: its consumer group, its transactions, its topics. A broker that is away knows nothing. */
final class Group implements AutoCloseable {
    private static final int UNKNOWN = -1;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Admin admin;
    private final String name;

    Group(String bootstrapServers, String name) {
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        this.name = name;
    }

    /** How many records of the input the application has committed, where their offsets begin at 0 and have no holes. */
    long committed() throws InterruptedException {
        try {
            return get(offsets()).values().stream()
                    .mapToLong(offset -> offset == null ? 0 : offset.offset())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            return UNKNOWN;
        }
    }

    /** Whether the application has committed each partition of a topic up to an offset. */
    boolean hasCommitted(String topic, Map<Integer, Long> ends) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> offsets = get(offsets());
            return ends.entrySet().stream().allMatch(end -> {
                OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, end.getKey()));
                return offset != null && offset.offset() >= end.getValue();
            });
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private KafkaFuture<Map<TopicPartition, OffsetAndMetadata>> offsets() {
        return admin.listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata();
    }

    /** How many members the group has. */
    int members() throws InterruptedException {
        try {
            Map<String, ConsumerGroupDescription> groups =
                    get(admin.describeConsumerGroups(List.of(name)).all());
            return groups.values().stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            return UNKNOWN;
        }
    }

    /** Whether some record in the topics waits for the end of its transaction. */
    boolean isInTransaction(String... topics) throws InterruptedException {
        try {
            for (String topic : topics) {
                if (!ends(topic, IsolationLevel.READ_COMMITTED).equals(ends(topic, IsolationLevel.READ_UNCOMMITTED))) {
                    return true;
                }
            }
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return true;
        }
    }

    private Map<TopicPartition, Long> ends(String topic, IsolationLevel isolation)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (TopicDescription description :
                get(admin.describeTopics(List.of(topic)).allTopicNames()).values()) {
            description
                    .partitions()
                    .forEach(partition ->
                            latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** Changes a setting of a topic; the broker knows it when this returns. */
    void set(String topic, String setting, String value) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
        boolean known = false;
        while (!known) {
            known = get(admin.describeConfigs(List.of(resource)).all()).values().stream()
                    .anyMatch(config -> config.entries().stream()
                            .anyMatch(entry -> entry.name().equals(setting) && value.equals(entry.value())));
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
