package io.tagstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the application's topics while it runs: ids and numbers of partitions every {@link #PERIOD} by one request, settings every
 * {@link #SETTINGS_PERIOD}, both at once when a stream thread failed. A topic counts as deleted when the brokers say twice that they do
 * not know it; brokers that do not answer say nothing.
 *
 * <p>For any thread.
 */
final class TopicWatch implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(5);
    static final Duration SETTINGS_PERIOD = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration ANSWER = Duration.ofSeconds(3);
    /** Between two answers that a topic is unknown. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final Admin admin;
    private final TopicRules rules;
    private final Consumer<String> stop;
    private final Map<String, TopicRules.Facts> before = new HashMap<>();
    private final Set<String> said = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tagstream-topics");
        thread.setDaemon(true);
        return thread;
    });
    private long settingsSeen = System.nanoTime();
    private boolean stopped;

    /**
     * @param admin closed with the watch
     * @param stop is told, once, why the application must stop
     */
    TopicWatch(Admin admin, TopicRules rules, Consumer<String> stop) {
        this.admin = admin;
        this.rules = rules;
        this.stop = stop;
    }

    /** The settings of topics that are there, before the application starts. */
    static void checkSettings(Brokers brokers, TopicRules rules) {
        Set<String> there =
                new HashSet<>(brokers.get(brokers.admin().listTopics().names(), "list the topics"));
        there.retainAll(rules.topics());
        Map<String, Config> configs = new HashMap<>();
        brokers.get(brokers.admin().describeConfigs(resources(there)).all(), "describe the settings of the topics")
                .forEach((resource, config) -> configs.put(resource.name(), config));
        for (TopicRules.Finding finding : rules.settings(configs)) {
            if (finding.stops()) {
                throw new InvalidSettingException(finding.sentence());
            }
            LOG.warn(finding.sentence());
        }
    }

    private static List<ConfigResource> resources(Set<String> topics) {
        return topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
    }

    /** Remembers the topics as they are, and looks again until it is closed. */
    void start() {
        look(false);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                this::lookBySchedule, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookBySchedule() {
        boolean settingsToo = System.nanoTime() - settingsSeen > SETTINGS_PERIOD.toNanos();
        look(settingsToo);
    }

    /**
     * Looks at once, at everything: something failed.
     *
     * @return why the application must stop, if it must
     */
    Optional<String> lookNow() {
        return look(true);
    }

    private synchronized Optional<String> look(boolean settingsToo) {
        if (stopped) {
            return Optional.empty();
        }
        try {
            Optional<String> finding = topics();
            if (finding.isEmpty() && settingsToo) {
                finding = settings();
            }
            finding.ifPresent(sentence -> {
                stopped = true;
                stop.accept(sentence);
            });
            return finding;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | TimeoutException | RuntimeException e) {
            LOG.debug("the topics cannot be looked at", e);
            return Optional.empty();
        }
    }

    private Optional<String> topics() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicRules.Facts> now = describe();
        if (before.keySet().stream().anyMatch(name -> !now.containsKey(name))) {
            TimeUnit.MILLISECONDS.sleep(SECOND_LOOK.toMillis());
            now.putAll(describe());
        }
        Optional<String> finding = rules.changed(before, now);
        if (finding.isEmpty()) {
            // A topic that is new, such as a changelog at the first start, is one of those to keep.
            now.forEach(before::putIfAbsent);
        }
        return finding;
    }

    private Map<String, TopicRules.Facts> describe() throws InterruptedException, ExecutionException, TimeoutException {
        Map<String, TopicRules.Facts> facts = new HashMap<>();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        rules.topics(), new DescribeTopicsOptions().timeoutMs((int) ANSWER.toMillis()))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
            try {
                TopicDescription topic = answer.getValue().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
                facts.put(
                        answer.getKey(),
                        new TopicRules.Facts(topic.topicId(), topic.partitions().size()));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return facts;
    }

    private Optional<String> settings() throws InterruptedException, ExecutionException, TimeoutException {
        settingsSeen = System.nanoTime();
        Map<String, Config> configs = new HashMap<>();
        admin.describeConfigs(resources(new HashSet<>(before.keySet())))
                .all()
                .get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)
                .forEach((resource, config) -> configs.put(resource.name(), config));
        List<String> stops = new ArrayList<>();
        for (TopicRules.Finding finding : rules.settings(configs)) {
            if (finding.stops()) {
                stops.add(finding.sentence());
            } else if (said.add(finding.sentence())) {
                LOG.warn(finding.sentence());
            }
        }
        return stops.stream().findFirst();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
