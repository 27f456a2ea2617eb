package io.tagstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The application's topics on the brokers: creates the missing ones and learns from the others how large a record may be. */
public final class Topics {
    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final int DEAD_LETTER_PARTITIONS = 1;
    private static final Duration RETRY = Duration.ofMillis(50);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(30);
    private static final String LIST = "list the topics";
    private static final String DESCRIBE = "describe the topics";

    private final StreamSettings settings;

    public Topics(StreamSettings settings) {
        this.settings = settings;
    }

    /**
     * Creates the topics that are missing, even where the settings say that the application shall not.
     *
     * @return the names of those that were created
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    public List<String> create() {
        return Brokers.with(settings, brokers -> create(brokers, missing(brokers)));
    }

    /**
     * Makes sure that the topics are there, by creating them if the settings allow.
     *
     * @throws InvalidSettingException if a topic is missing and must not be created
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    PreparedTopics prepare() {
        return Brokers.with(settings, this::prepare);
    }

    /** The id of the change log topic, empty where there is none yet. */
    Optional<Uuid> changelogId() {
        String changelog = StreamNames.changelog(settings.applicationId());
        return Brokers.with(
                settings,
                brokers -> brokers.get(
                                brokers.admin()
                                        .describeTopics(List.of(changelog))
                                        .allTopicNames(),
                                "describe the topic " + changelog,
                                UnknownTopicOrPartitionException.class::isInstance)
                        .map(topics -> topics.get(changelog))
                        .map(TopicDescription::topicId));
    }

    private PreparedTopics prepare(Brokers brokers) {
        new AccessRights(settings, WatchedTopic.of(settings)).missing(brokers).ifPresent(sentence -> {
            throw new StreamFailedException(sentence, null);
        });
        List<String> missing = missing(brokers);
        if (!missing.isEmpty() && !settings.topics().create()) {
            throw new InvalidSettingException("there is no topic " + String.join(", ", missing) + " on "
                    + settings.bootstrapServers() + ": create it, or leave out --no-create-topics");
        }
        create(brokers, missing);
        TopicDescription input = awaitKnown(brokers);
        return new PreparedTopics(limits(brokers), input.partitions().size());
    }

    private List<String> missing(Brokers brokers) {
        Set<String> names =
                new HashSet<>(brokers.get(brokers.admin().listTopics().names(), LIST));
        return all().stream().filter(name -> !names.contains(name)).toList();
    }

    private List<String> all() {
        TopicSettings topics = settings.topics();
        return List.of(topics.input(), topics.output(), topics.deadLetters());
    }

    private List<String> create(Brokers brokers, List<String> missing) {
        List<String> created = new ArrayList<>();
        for (String name : missing) {
            // Another instance that starts too may have been first.
            boolean ours = brokers.get(
                            brokers.admin()
                                    .createTopics(List.of(newTopic(name)))
                                    .config(name),
                            "create the topic " + name,
                            AccessRights.orRefused(
                                    "CREATE on topic " + name + " or on the cluster",
                                    TopicExistsException.class::isInstance))
                    .isPresent();
            if (ours) {
                created.add(name);
                LOG.info("created topic {}", name);
            }
        }
        return created;
    }

    /** A new topic is not known everywhere at once, and Kafka Streams stops where its source, which this returns, is unknown. */
    private TopicDescription awaitKnown(Brokers brokers) {
        long deadline = System.nanoTime() + KNOWN_WITHIN.toNanos();
        while (true) {
            Optional<TopicDescription> input = brokers.get(
                            brokers.admin().describeTopics(all()).allTopicNames(),
                            DESCRIBE,
                            UnknownTopicOrPartitionException.class::isInstance)
                    .map(topics -> topics.get(settings.topics().input()));
            if (input.isPresent()) {
                return input.get();
            }
            if (System.nanoTime() > deadline) {
                throw new StreamFailedException("the Kafka brokers do not know all of the topics " + all(), null);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private NewTopic newTopic(String name) {
        TopicSettings topics = settings.topics();
        int partitions = name.equals(topics.deadLetters()) ? DEAD_LETTER_PARTITIONS : topics.partitions();
        Optional<Short> replicas = topics.replicationFactor() == TopicSettings.BROKER_DEFAULT
                ? Optional.empty()
                : Optional.of((short) topics.replicationFactor());
        Map<String, String> configs = new HashMap<>();
        if (!name.equals(topics.input())) {
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.maxRecordBytes()));
            // What goes out has the time of what came in: a topic that refuses a time stops the application.
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        }
        return new NewTopic(name, Optional.of(partitions), replicas).configs(configs);
    }

    private SizeLimits limits(Brokers brokers) {
        TopicSettings topics = settings.topics();
        String changelog = StreamNames.changelog(settings.applicationId());
        List<String> names = new ArrayList<>(all());
        if (brokers.get(brokers.admin().listTopics().names(), LIST).contains(changelog)) {
            names.add(changelog);
        }
        Map<String, Config> configs = configs(brokers, names);
        for (String name : names) {
            if (!name.equals(topics.input())) {
                checkTakes(name, configs.get(name), configs.get(topics.input()));
            }
        }
        checkDeadLetters(configs.get(topics.deadLetters()), configs.get(topics.input()));
        return new SizeLimits(
                limit(configs.get(topics.output())),
                limit(configs.get(topics.deadLetters())),
                limit(configs.get(changelog)));
    }

    private void checkTakes(String name, @Nullable Config config, @Nullable Config input) {
        if (limit(config) < StreamSettings.SMALLEST_RECORD_LIMIT) {
            throw new InvalidSettingException("topic " + name + " takes records of " + limit(config)
                    + " bytes: raise its " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " to "
                    + StreamSettings.SMALLEST_RECORD_LIMIT + " or more");
        }
        if (latest(config) < latest(input)) {
            LOG.warn(
                    "topic {} takes timestamps less far into the future than {}, and a record that it refuses stops the"
                            + " application: raise its {}",
                    name,
                    settings.topics().input(),
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG);
        }
    }

    private void checkDeadLetters(@Nullable Config deadLetters, @Nullable Config input) {
        String name = settings.topics().deadLetters();
        if (value(deadLetters, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new InvalidSettingException(
                    "topic " + name + " is compacted, and so takes no record without a key: set its "
                            + TopicConfig.CLEANUP_POLICY_CONFIG + " to " + TopicConfig.CLEANUP_POLICY_DELETE);
        }
        if (limit(deadLetters)
                < number(input, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0) + StreamSettings.SMALLEST_RECORD_LIMIT) {
            LOG.warn(
                    "topic {} takes smaller records than {}: a dead letter that does not fit goes without its value",
                    name,
                    settings.topics().input());
        }
    }

    private Map<String, Config> configs(Brokers brokers, Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Config> configs = new HashMap<>();
        brokers.get(brokers.admin().describeConfigs(resources).all(), DESCRIBE)
                .forEach((resource, config) -> configs.put(resource.name(), config));
        return configs;
    }

    private int limit(@Nullable Config config) {
        return (int) Math.min(
                settings.maxRecordBytes(), number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.MAX_VALUE));
    }

    private static long latest(@Nullable Config config) {
        return number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.MAX_VALUE);
    }

    private static long number(@Nullable Config config, String name, long absent) {
        String value = value(config, name);
        return value.isEmpty() ? absent : Long.parseLong(value);
    }

    /** Empty where there is none. */
    private static String value(@Nullable Config config, String name) {
        ConfigEntry entry = config == null ? null : config.get(name);
        return entry == null || entry.value() == null ? "" : entry.value();
    }
}
