package io.tagstream.faults;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** What people and retention do to topics and offsets behind an application's back. */
final class Operator implements AutoCloseable {
    private final Admin admin;
    private final String application;
    private final String input;

    Operator(Trial trial) {
        admin = Admin.create(Map.of("bootstrap.servers", trial.broker().direct()));
        application = trial.name();
        input = trial.topics().input();
    }

    /** The group's offsets of the input, which must have been committed for each partition. */
    Map<TopicPartition, Long> offsets() throws Exception {
        Map<TopicPartition, Long> offsets = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : admin.listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()) {
            offsets.put(entry.getKey(), entry.getValue().offset());
        }
        return offsets;
    }

    /** Where each partition ends. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest).all().get().forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }

    /** The offsets of the group expire. */
    void forgetOffsets() throws Exception {
        admin.deleteConsumerGroupOffsets(application, offsets().keySet()).all().get();
    }

    /** Somebody sets the offsets of the group. */
    void moveOffsets(Map<TopicPartition, Long> to) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        to.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        admin.alterConsumerGroupOffsets(application, offsets).all().get();
    }

    /** Retention removes what lies before these offsets. */
    void removeBefore(Map<TopicPartition, Long> offsets) throws Exception {
        Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
        offsets.forEach((partition, offset) -> records.put(partition, RecordsToDelete.beforeOffset(offset)));
        admin.deleteRecords(records).all().get();
    }

    /** Deletes a topic and creates it again, empty. */
    void recreate(String topic, String cleanupPolicy) throws Exception {
        admin.deleteTopics(List.of(topic)).all().get();
        await().atMost(Application.PATIENCE)
                .until(() -> !admin.listTopics().names().get().contains(topic));
        create(topic, cleanupPolicy);
    }

    /** Creates a topic as the application has them. */
    void create(String topic, String cleanupPolicy) throws Exception {
        NewTopic created = new NewTopic(topic, Trial.PARTITIONS, (short) 1)
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, cleanupPolicy));
        admin.createTopics(List.of(created)).all().get();
        await().atMost(Application.PATIENCE)
                .until(() -> admin.listTopics().names().get().contains(topic));
    }

    /** The input gets so many partitions. */
    void addPartitions(int total) throws Exception {
        admin.createPartitions(Map.of(input, NewPartitions.increaseTo(total)))
                .all()
                .get();
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
