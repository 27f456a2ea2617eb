package io.tagstream.identity;

import io.tagstream.admin.AccessRights;
import io.tagstream.admin.Brokers;
import io.tagstream.admin.MissingRights;
import io.tagstream.admin.Poll;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.admin.WatchedTopic;
import io.tagstream.settings.PreparedTopics;
import io.tagstream.settings.SizeLimits;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.InvalidSettingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        return Brokers.with(settings, brokers -> {
            List<String> created = create(brokers, missing(brokers));
            if (new IdentityTopic(brokers, settings).create()) {
                created.add(StreamNames.identity(settings.applicationId()));
            }
            return created;
        });
    }

    /**
     * Makes sure that the topics are there, by creating them if the settings allow.
     *
     * @throws InvalidSettingException if a topic is missing and must not be created
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    public PreparedTopics prepare() {
        return Brokers.with(settings, this::prepare);
    }

    /** The id of the changelog topic, empty where there is none yet. */
    public Optional<Uuid> changelogId() {
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
        MissingRights.among(new AccessRights(settings, WatchedTopic.of(settings)), brokers)
                .ifPresent(sentence -> {
                    throw new StreamFailedException(sentence, null);
                });
        List<String> missing = missing(brokers);
        if (!missing.isEmpty() && !settings.topics().create()) {
            throw new InvalidSettingException((missing.size() == 1 ? "there is no topic " : "there are no topics ")
                    + String.join(", ", missing) + " on " + settings.bootstrapServers() + ": create "
                    + (missing.size() == 1 ? "it" : "them") + ", or leave out --no-create-topics");
        }
        checkInputs(brokers, missing);
        create(brokers, missing);
        Map<String, TopicDescription> known = awaitKnown(brokers);
        int partitions = partitions(known);
        Map<String, Uuid> ids = new HashMap<>();
        settings.topics().inputs().forEach(name -> {
            TopicDescription topic = known.get(name);
            if (topic != null) {
                ids.put(name, topic.topicId());
            }
        });
        return new PreparedTopics(limits(brokers), partitions, ids);
    }

    /** Before anything is created. */
    private void checkInputs(Brokers brokers, List<String> missing) {
        if (settings.topics().inputs().size() > 1
                && settings.topics().inputs().stream().noneMatch(missing::contains)) {
            int checked = partitions(brokers.get(
                    brokers.admin().describeTopics(settings.topics().inputs()).allTopicNames(), DESCRIBE));
            LOG.debug("the input topics have {} partitions each", checked);
        }
    }

    /** The same for all input topics: the streams of one partition have one task, and one store. */
    private int partitions(Map<String, TopicDescription> topics) {
        String first = settings.topics().inputs().get(0);
        int partitions = count(topics, first);
        for (String input : settings.topics().inputs()) {
            if (count(topics, input) != partitions) {
                throw new InvalidSettingException(
                        "the input topics must have the same number of partitions, but " + first
                                + " has " + partitions + " and " + input + " has " + count(topics, input)
                                + ": run one application for each, or give them the same number");
            }
        }
        return partitions;
    }

    private static int count(Map<String, TopicDescription> topics, String name) {
        TopicDescription topic = topics.get(name);
        return topic == null ? 0 : topic.partitions().size();
    }

    private List<String> missing(Brokers brokers) {
        Set<String> names =
                new HashSet<>(brokers.get(brokers.admin().listTopics().names(), LIST));
        return all().stream().filter(name -> !names.contains(name)).toList();
    }

    private List<String> all() {
        TopicSettings topics = settings.topics();
        List<String> all = new ArrayList<>(topics.inputs());
        all.add(topics.output());
        all.add(topics.deadLetters());
        return all;
    }

    private List<String> create(Brokers brokers, List<String> missing) {
        List<String> created = new ArrayList<>();
        int inputPartitions = inputPartitions(brokers, missing);
        for (String name : missing) {
            // Another instance that starts too may have been first.
            boolean ours = brokers.get(
                            brokers.admin()
                                    .createTopics(List.of(newTopic(name, inputPartitions)))
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

    /** A new topic is not known everywhere at once, and Kafka Streams stops where its source is unknown. */
    private Map<String, TopicDescription> awaitKnown(Brokers brokers) {
        return Poll.until(
                KNOWN_WITHIN,
                RETRY,
                () -> brokers.get(
                        brokers.admin().describeTopics(all()).allTopicNames(),
                        DESCRIBE,
                        UnknownTopicOrPartitionException.class::isInstance),
                () -> new StreamFailedException("the Kafka brokers do not know all of the topics " + all(), null));
    }

    /** Of a created input topic: as many as those have that are there, because all must have the same number. */
    private int inputPartitions(Brokers brokers, List<String> missing) {
        List<String> inputs = settings.topics().inputs();
        List<String> there =
                inputs.stream().filter(input -> !missing.contains(input)).toList();
        if (there.isEmpty() || there.size() == inputs.size()) {
            return settings.topics().partitions();
        }
        return count(brokers.get(brokers.admin().describeTopics(there).allTopicNames(), DESCRIBE), there.get(0));
    }

    private NewTopic newTopic(String name, int inputPartitions) {
        TopicSettings topics = settings.topics();
        int partitions = topics.inputs().contains(name)
                ? inputPartitions
                : name.equals(topics.deadLetters()) ? DEAD_LETTER_PARTITIONS : topics.partitions();
        Map<String, String> configs = new HashMap<>();
        if (!topics.inputs().contains(name)) {
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.maxRecordBytes()));
            // What goes out has the time of what came in: a topic that refuses a time stops the application.
            configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        }
        return new NewTopic(name, Optional.of(partitions), topics.replicas()).configs(configs);
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
            if (!topics.inputs().contains(name)) {
                checkTakes(name, configs.get(name));
                topics.inputs().forEach(input -> checkTimes(name, configs.get(name), input, configs.get(input)));
            }
        }
        checkDeadLetters(configs.get(topics.deadLetters()));
        topics.inputs().forEach(input -> checkFits(configs.get(topics.deadLetters()), input, configs.get(input)));
        return new SizeLimits(
                limit(configs.get(topics.output())),
                limit(configs.get(topics.deadLetters())),
                limit(configs.get(changelog)));
    }

    private void checkTakes(String name, @Nullable Config config) {
        if (limit(config) < StreamSettings.SMALLEST_RECORD_LIMIT) {
            throw new InvalidSettingException("topic " + name + " takes records of " + limit(config)
                    + " bytes: raise its " + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + " to "
                    + StreamSettings.SMALLEST_RECORD_LIMIT + " or more");
        }
    }

    private static void checkTimes(String name, @Nullable Config config, String inputName, @Nullable Config input) {
        if (latest(config) < latest(input)) {
            LOG.warn(
                    "topic {} takes timestamps less far into the future than {}, and a record that it refuses stops the"
                            + " application: raise its {}",
                    name,
                    inputName,
                    TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG);
        }
    }

    private void checkDeadLetters(@Nullable Config deadLetters) {
        String name = settings.topics().deadLetters();
        if (value(deadLetters, TopicConfig.CLEANUP_POLICY_CONFIG).contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new InvalidSettingException(
                    "topic " + name + " is compacted, and so takes no record without a key: set its "
                            + TopicConfig.CLEANUP_POLICY_CONFIG + " to " + TopicConfig.CLEANUP_POLICY_DELETE);
        }
    }

    private void checkFits(@Nullable Config deadLetters, String inputName, @Nullable Config input) {
        if (limit(deadLetters)
                < number(input, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, 0) + StreamSettings.SMALLEST_RECORD_LIMIT) {
            LOG.warn(
                    "topic {} takes smaller records than {}: a dead letter that does not fit goes without its value",
                    settings.topics().deadLetters(),
                    inputName);
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
