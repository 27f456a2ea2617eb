package io.tagstream.identity;

import io.tagstream.admin.AccessRights;
import io.tagstream.admin.Brokers;
import io.tagstream.admin.InputOffsets;
import io.tagstream.admin.TopicRemoval;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changelog topics of an application. They are created before Kafka Streams would do it, with the settings that it would give
 * them, so that their ids are known before the first record: a changelog of another id is not the one that the states are in.
 */
public final class Changelogs {
    private static final Logger LOG = LoggerFactory.getLogger(Changelogs.class);

    /**
     * Each commit writes the position of every partition again: without these the topic would grow by some 15 MB a day and partition,
     * and each restore would read all of it.
     */
    private static final Map<String, String> OF_POSITIONS = Map.of(
            TopicConfig.SEGMENT_BYTES_CONFIG, Integer.toString(1 << 20),
            TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1",
            TopicConfig.DELETE_RETENTION_MS_CONFIG, "60000");

    private final Brokers brokers;
    private final StreamSettings settings;
    private final String states;
    private final String positions;

    public Changelogs(Brokers brokers, StreamSettings settings) {
        this.brokers = brokers;
        this.settings = settings;
        this.states = StreamNames.changelog(settings.applicationId());
        this.positions = StreamNames.positionsChangelog(settings.applicationId());
    }

    String states() {
        return states;
    }

    String positions() {
        return positions;
    }

    /** The ids of those that are there. */
    public Map<String, Uuid> ids() {
        Map<String, Uuid> ids = new HashMap<>();
        for (TopicListing topic : brokers.get(brokers.admin().listTopics().listings(), "list the topics")) {
            if (topic.name().equals(states) || topic.name().equals(positions)) {
                ids.put(topic.name(), topic.topicId());
            }
        }
        return ids;
    }

    /** Whether there is, or was, any record in the changelog of the states. */
    boolean hasRecords() {
        return sumOfStates(OffsetSpec.latest()) > 0;
    }

    /** The sum of the first offsets of the changelog of the states; 0 where there is none. */
    long firstStates() {
        return sumOfStates(OffsetSpec.earliest());
    }

    private long sumOfStates(OffsetSpec place) {
        Optional<TopicDescription> topic = brokers.get(
                        brokers.admin().describeTopics(List.of(states)).allTopicNames(),
                        "describe the topic " + states,
                        UnknownTopicOrPartitionException.class::isInstance)
                .map(topics -> topics.get(states));
        if (topic.isEmpty()) {
            return 0;
        }
        List<TopicPartition> partitions =
                PositionLog.partitions(List.of(states), topic.get().partitions().size());
        return InputOffsets.at(brokers, partitions, place).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /**
     * Creates those that are missing.
     *
     * @param partitions as many as the input has
     * @return the ids of all
     * @throws InvalidSettingException if one is there with another number of partitions
     */
    Map<String, Uuid> create(int partitions) {
        Map<String, Uuid> ids = ids();
        for (TopicDescription topic : ids.isEmpty()
                ? List.<TopicDescription>of()
                : brokers.get(
                                brokers.admin().describeTopics(ids.keySet()).allTopicNames(),
                                "describe the topics " + ids.keySet())
                        .values()) {
            if (topic.partitions().size() != partitions) {
                throw new InvalidSettingException(ApplicationIdentity.partitionsDiffer(
                        String.join(",", settings.topics().inputs()),
                        partitions,
                        topic.partitions().size(),
                        settings.applicationId()));
            }
        }
        for (String name : List.of(states, positions)) {
            if (!ids.containsKey(name)) {
                ids.put(name, create(name, partitions));
            }
        }
        return ids;
    }

    private Uuid create(String name, int partitions) {
        NewTopic topic =
                new NewTopic(name, Optional.of(partitions), settings.topics().replicas()).configs(configs(name));
        Optional<Uuid> id = brokers.get(
                brokers.admin().createTopics(List.of(topic)).topicId(name),
                "create the topic " + name,
                AccessRights.orRefused("CREATE on topic " + name, TopicExistsException.class::isInstance));
        id.ifPresent(unused -> LOG.info("created topic {}", name));
        return id.orElseGet(() -> brokers.get(
                        brokers.admin().describeTopics(List.of(name)).allTopicNames(), "describe the topic " + name)
                .values()
                .iterator()
                .next()
                .topicId());
    }

    /** What Kafka Streams gives a changelog, and what the user and we tell it to. */
    private Map<String, String> configs(String name) {
        Map<String, String> configs = new HashMap<>();
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        if (name.equals(positions)) {
            configs.putAll(OF_POSITIONS);
        }
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        settings.kafkaProperties().forEach((property, value) -> {
            if (property.startsWith(StreamsConfig.TOPIC_PREFIX)) {
                configs.put(property.substring(StreamsConfig.TOPIC_PREFIX.length()), value);
            }
        });
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.maxRecordBytes()));
        return configs;
    }

    /** Deletes both, and waits until they are gone. */
    public void delete() {
        List<String> names = new ArrayList<>(ids().keySet());
        if (names.isEmpty()) {
            return;
        }
        new TopicRemoval(brokers).remove(names);
    }
}
