package io.tagstream.watch;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.admin.StreamFailedException;
import io.tagstream.admin.WatchedTopic;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.topology.TaggingParts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that break a promise, before the start and while the application runs. */
@Timeout(120)
class TopicWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    private static Path logs;

    private static EmbeddedBroker broker;
    private static EmbeddedBroker creatingBroker;
    private static Admin admin;
    private static Admin creatingAdmin;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    private final String name = "watch-" + TESTS.incrementAndGet();
    private final String changelog = StreamNames.changelog(name);

    @BeforeAll
    static void start() throws Exception {
        broker = broker("strict", false);
        creatingBroker = broker("creating", true);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        creatingAdmin = Admin.create(Map.of("bootstrap.servers", creatingBroker.bootstrapServers()));
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void stop() {
        model.close();
        admin.close();
        creatingAdmin.close();
        broker.close();
        creatingBroker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void shouldRefuseAChangelogThatIsNotOnlyCompacted(String policy) throws Exception {
        create(new NewTopic(changelog, 1, (short) 1).configs(Map.of("cleanup.policy", policy)));
        assertThatThrownBy(() -> run(settings(broker)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(changelog, "cleanup.policy=" + policy, "set it to compact");
    }

    @Test
    void shouldRefuseAnInputWithOtherPartitionsThanTheChangelog() throws Exception {
        StreamSettings settings = settings(broker);
        try (StreamsRunner runner = run(settings)) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();
        }
        admin.createPartitions(Map.of(name + "-in", NewPartitions.increaseTo(3)))
                .all()
                .get();
        assertThatThrownBy(() -> run(settings))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(
                        name + "-in has 3 partitions",
                        changelog + " has 1",
                        "tagstream reset --application-id " + name);
    }

    @Test
    void shouldStopWherePartitionsAreAddedToTheInput() throws Exception {
        assertStops(
                broker,
                () -> admin.createPartitions(Map.of(name + "-in", NewPartitions.increaseTo(3)))
                        .all()
                        .get(),
                name + "-in has 3 partitions",
                changelog + " has 1");
    }

    @Test
    void shouldStopWhereTheChangelogIsNoLongerOnlyCompacted() throws Exception {
        StreamSettings settings = settings(broker);
        try (TopicWatch watch = TopicWatch.checked(settings, WatchedTopic.of(settings))) {
            create(new NewTopic(changelog, 1, (short) 1).configs(Map.of("cleanup.policy", "compact")));
            assertThat(watch.lookNow()).isEmpty();
            alter(changelog, "cleanup.policy", "delete");
            await().atMost(PATIENCE).until(() -> watch.lookNow().isPresent());
            assertThat(watch.lookNow())
                    .hasValueSatisfying(sentence -> assertThat(sentence).contains(changelog, "cleanup.policy=delete"));
        }
    }

    @ParameterizedTest
    @CsvSource({"-in, false", "-dlq, false", "-hidden-states-changelog, false", "-hidden-states-changelog, true"})
    void shouldStopWhereATopicIsDeletedWhileSentencesCome(String topic, boolean recreatedByBroker) throws Exception {
        EmbeddedBroker used = recreatedByBroker ? creatingBroker : broker;
        Admin by = recreatedByBroker ? creatingAdmin : admin;
        assertStops(
                used,
                () -> {
                    by.deleteTopics(List.of(name + topic)).all().get();
                    if (!topic.equals("-in")) {
                        send(used, 5);
                    }
                },
                "topic " + name + topic + " was deleted");
    }

    @Test
    void shouldLeaveForTheNextStartWhatTheDeletedOutputDidNotTake() throws Exception {
        assertStops(
                broker,
                () -> {
                    admin.deleteTopics(List.of(name + "-out")).all().get();
                    send(broker, 5);
                },
                "topic " + name + "-out was deleted");
        assertThat(admin.listConsumerGroupOffsets(name)
                        .partitionsToOffsetAndMetadata()
                        .get())
                .hasEntrySatisfying(
                        new TopicPartition(name + "-in", 0),
                        committed -> assertThat(committed.offset()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-in", "-out", "-dlq", "-hidden-states-changelog"})
    void shouldStopWhereATopicIsDeletedAndCreatedAgain(String topic) throws Exception {
        assertStops(
                broker,
                () -> {
                    admin.deleteTopics(List.of(name + topic)).all().get();
                    await().ignoreExceptions().atMost(PATIENCE).until(() -> {
                        admin.createTopics(List.of(new NewTopic(name + topic, 1, (short) 1)))
                                .all()
                                .get();
                        return true;
                    });
                },
                "topic " + name + topic + " was deleted and created again");
    }

    @Test
    void shouldWarnOnceOfACompactedOutputAndAnInputThatForgetsSoon() throws Exception {
        StreamSettings settings = settings(broker);
        new Topics(settings).create();
        alter(name + "-out", "cleanup.policy", "compact");
        alter(name + "-in", "retention.ms", "60000");
        try (Logs captured = Logs.capture();
                TopicWatch watch = TopicWatch.checked(settings, WatchedTopic.of(settings))) {
            assertThat(watch.lookNow()).isEmpty();
            assertThat(captured.lines())
                    .filteredOn(line -> line.contains(name + "-out is compacted"))
                    .hasSize(1);
            assertThat(captured.lines())
                    .filteredOn(line -> line.contains(name + "-in keeps records for 60000 ms only"))
                    .hasSize(1);
        }
    }

    @Test
    void shouldNotTakeABrokerThatIsAwayOrRestartsForADeletedTopic() throws Exception {
        int[] ports = freePorts();
        Path data = directory.resolve("restarting");
        StreamSettings settings;
        EmbeddedBroker restarting = EmbeddedBroker.startAt(data, ports[0], ports[1], Map.of());
        try {
            settings = settings(restarting);
            new Topics(settings).create();
            try (TopicWatch watch = TopicWatch.checked(settings, WatchedTopic.of(settings))) {
                restarting.close();
                assertThat(watch.lookNow()).isEmpty();
                restarting = EmbeddedBroker.startAt(data, ports[0], ports[1], Map.of());
                assertThat(watch.lookNow()).isEmpty();
                try (Admin restarted = Admin.create(Map.of("bootstrap.servers", restarting.bootstrapServers()))) {
                    restarted.deleteTopics(List.of(name + "-out")).all().get();
                }
                await().atMost(PATIENCE).until(watch::lookNow, Optional::isPresent);
            }
        } finally {
            restarting.close();
        }
    }

    @FunctionalInterface
    private interface Change {
        void make() throws Exception;
    }

    private void assertStops(EmbeddedBroker used, Change change, String... sentence) throws Exception {
        StreamSettings settings = settings(used);
        try (Logs captured = Logs.capture();
                StreamsRunner runner = run(settings)) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();
            send(used, 1);
            await().atMost(PATIENCE)
                    .until(() -> KafkaRecords.readCommitted(used.bootstrapServers(), name + "-out")
                                    .size()
                            == 1);
            long begin = System.nanoTime();
            change.make();
            assertThatThrownBy(runner::awaitStop)
                    .isInstanceOf(StreamFailedException.class)
                    .hasMessageStartingWith("the application stopped: ")
                    .hasMessageContainingAll(sentence);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(25));
            assertThat(captured.lines())
                    .filteredOn(line -> line.contains("the application stops"))
                    .hasSize(1);
        }
    }

    private StreamsRunner run(StreamSettings settings) {
        return StreamsLaunch.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks));
    }

    private void send(EmbeddedBroker used, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            KafkaRecords.send(
                    used.bootstrapServers(),
                    List.of(new ProducerRecord<>(name + "-in", key("a"), tokens("1", "I", "eat", "apple"))));
        }
    }

    private static void create(NewTopic topic) throws Exception {
        admin.createTopics(List.of(topic)).all().get();
    }

    private static void alter(String topic, String setting, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private StreamSettings settings(EmbeddedBroker used) {
        return StreamSettings.builder(used.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 1, 1))
                .stateDir(directory.resolve("state"))
                .commitInterval(Duration.ofMillis(50))
                .shutdownTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static EmbeddedBroker broker(String directory, boolean createsTopics) throws Exception {
        int[] ports = freePorts();
        return EmbeddedBroker.startAt(
                logs.resolve(directory),
                ports[0],
                ports[1],
                Map.of("auto.create.topics.enable", Boolean.toString(createsTopics)));
    }

    private static int[] freePorts() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }
}
