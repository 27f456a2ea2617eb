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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
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
        try (Admin admin = admin()) {
            return create(admin, missing(admin));
        }
    }

    /**
     * Makes sure that the topics are there, by creating them if the settings allow.
     *
     * @throws InvalidSettingException if a topic is missing and must not be created
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    SizeLimits prepare() {
        TopicSettings topics = settings.topics();
        try (Admin admin = admin()) {
            List<String> missing = missing(admin);
            if (!missing.isEmpty() && !topics.create()) {
                throw new InvalidSettingException("there is no topic " + String.join(", ", missing) + " on "
                        + settings.bootstrapServers() + ": create it, or leave out --no-create-topics");
            }
            create(admin, missing);
            awaitKnown(admin);
            return limits(admin);
        }
    }

    private List<String> missing(Admin admin) {
        Set<String> names = new HashSet<>(get(admin.listTopics().names(), "list the topics"));
        return all().stream().filter(name -> !names.contains(name)).toList();
    }

    private List<String> all() {
        TopicSettings topics = settings.topics();
        return List.of(topics.input(), topics.output(), topics.deadLetters());
    }

    private List<String> create(Admin admin, List<String> missing) {
        List<String> created = new ArrayList<>();
        for (String name : missing) {
            try {
                admin.createTopics(List.of(newTopic(name))).all().get(timeout(), TimeUnit.MILLISECONDS);
                created.add(name);
                LOG.info("created topic {}", name);
            } catch (ExecutionException e) {
                // Another instance that starts too may have been first.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw refused("create the topic " + name, e);
                }
            } catch (TimeoutException e) {
                throw noAnswer("create the topic " + name, e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        return created;
    }

    /** A new topic is not known everywhere at once, and Kafka Streams stops where its source is unknown. */
    private void awaitKnown(Admin admin) {
        long deadline = System.nanoTime() + settings.startTimeout().toNanos();
        while (true) {
            try {
                Map<String, TopicDescription> known =
                        admin.describeTopics(all()).allTopicNames().get(timeout(), TimeUnit.MILLISECONDS);
                LOG.debug("topics {}", known);
                return;
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadline) {
                    throw refused("describe the topics", e);
                }
            } catch (TimeoutException e) {
                throw noAnswer("describe the topics", e);
            } catch (InterruptedException e) {
                throw interrupted(e);
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

    private SizeLimits limits(Admin admin) {
        TopicSettings topics = settings.topics();
        String changelog = StreamNames.changelog(settings.applicationId());
        List<String> names = new ArrayList<>(all());
        if (get(admin.listTopics().names(), "list the topics").contains(changelog)) {
            names.add(changelog);
        }
        Map<String, Config> configs = configs(admin, names);
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

    private Map<String, Config> configs(Admin admin, Collection<String> names) {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<String, Config> configs = new HashMap<>();
        get(admin.describeConfigs(resources).all(), "describe the topics")
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

    private Admin admin() {
        Map<String, Object> properties = KafkaPropertyRules.forAdmin(settings.kafkaProperties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        // Closing a client waits for its open requests.
        properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout());
        properties.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout());
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InvalidSettingException(
                    "no client for " + settings.bootstrapServers() + ": " + cause.getMessage());
        }
    }

    private <T> T get(KafkaFuture<T> future, String what) {
        try {
            return future.get(timeout(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw noAnswer(what, e);
        } catch (ExecutionException e) {
            throw refused(what, e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private long timeout() {
        return settings.startTimeout().toMillis();
    }

    private StreamFailedException noAnswer(String what, Exception cause) {
        return new StreamFailedException(
                "no Kafka broker answered at " + settings.bootstrapServers() + " within " + timeout() + " ms, asked to "
                        + what + ": check --bootstrap-servers and that Kafka runs",
                cause);
    }

    private StreamFailedException refused(String what, ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof org.apache.kafka.common.errors.TimeoutException timeout) {
            return noAnswer(what, timeout);
        }
        return new StreamFailedException("the Kafka brokers refused to " + what + ": " + said(cause), cause);
    }

    /** Some of Kafka's exceptions have an empty message: their name says more. */
    private static String said(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }

    private static StreamFailedException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new StreamFailedException("interrupted while waiting for the Kafka brokers", e);
    }
}
