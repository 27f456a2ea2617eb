package io.tagstream.stream;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics that are changed under the application, at the start and while it runs. */
@Timeout(120)
class TopicWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static EmbeddedBroker broker;
    private static TaggerModel model;
    private static Admin admin;

    @TempDir
    private Path directory;

    private final String name = "watch-" + TESTS.incrementAndGet();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().open();
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterAll
    static void stop() {
        admin.close();
        model.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "compact,delete"})
    void shouldRefuseAChangelogThatForgets(String policy) throws Exception {
        admin.createTopics(List.of(new NewTopic(name + "-hidden-states-changelog", 2, (short) 1)
                        .configs(Map.of("cleanup.policy", policy))))
                .all()
                .get();

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(name + "-hidden-states-changelog", policy, "compact");
    }

    @Test
    void shouldWarnOfTopicsThatKeepTooLittle() throws Exception {
        admin.createTopics(List.of(
                        new NewTopic(name + "-in", 2, (short) 1).configs(Map.of("retention.ms", "60000")),
                        new NewTopic(name + "-out", 2, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();

        try (Logs logs = Logs.capture();
                StreamsRunner runner = open()) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();
            assertThat(logs.lines().stream().filter(line -> line.startsWith("WARN io.tagstream")))
                    .anyMatch(line -> line.contains(name + "-in keeps records for 60 s"))
                    .anyMatch(line -> line.contains(name + "-out is compacted"));
        }
    }

    @Test
    void shouldRefuseAnInputWithMorePartitionsThanTheStates() throws Exception {
        send();
        try (StreamsRunner runner = open()) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();
        }
        admin.createPartitions(Map.of(name + "-in", NewPartitions.increaseTo(3)))
                .all()
                .get();

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("has 3 partitions", "kept in 2", "tagstream reset");
    }

    @Test
    void shouldStopWhenPartitionsAreAdded() throws Exception {
        try (StreamsRunner runner = running()) {
            admin.createPartitions(Map.of(name + "-in", NewPartitions.increaseTo(3)))
                    .all()
                    .get();

            assertStops(runner, "has 3 partitions", "kept in 2");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden-states-changelog", "positions-changelog", "out", "dlq", "in", "identity"})
    void shouldStopWhenATopicIsDeleted(String topic) throws Exception {
        try (StreamsRunner runner = running()) {
            admin.deleteTopics(Set.of(name + "-" + topic)).all().get();

            assertStops(runner, name + "-" + topic + " was deleted");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden-states-changelog", "out"})
    void shouldStopWhenATopicIsDeletedAndCreatedAgain(String topic) throws Exception {
        try (StreamsRunner runner = running()) {
            NewTopic again = new NewTopic(name + "-" + topic, 2, (short) 1);
            admin.deleteTopics(Set.of(again.name())).all().get();
            await().atMost(PATIENCE).until(() -> isCreated(again));

            assertStops(runner, again.name() + " was deleted and created again");
        }
    }

    @Test
    void shouldStopWhenTheChangelogIsSetToForget() throws Exception {
        try (StreamsRunner runner = running()) {
            String changelog = name + "-hidden-states-changelog";
            admin.incrementalAlterConfigs(Map.of(
                            new ConfigResource(ConfigResource.Type.TOPIC, changelog),
                            List.of(new AlterConfigOp(
                                    new ConfigEntry("cleanup.policy", "delete"), AlterConfigOp.OpType.SET))))
                    .all()
                    .get();

            assertThat(runner.lookAtTopics()).get().asString().contains(changelog, "cleanup.policy delete");
            assertStops(runner, "cleanup.policy delete");
        }
    }

    @Test
    void shouldNotTakeBrokersThatDoNotAnswerForDeletedTopics() throws Exception {
        Path logs = Files.createDirectories(directory.resolve("broker"));
        StreamSettings settings;
        TopicWatch watch;
        try (EmbeddedBroker other = EmbeddedBroker.startAt(logs, 19_997, 19_998, Map.of())) {
            settings = settings().toBuilder().build();
            StreamSettings there = StreamSettings.builder(other.bootstrapServers())
                    .applicationId(name)
                    .topics(settings.topics())
                    .build();
            new Topics(there).create();
            watch = new TopicWatch(Brokers.open(there), new Topics(there).rules(), sentence -> {
                throw new AssertionError(sentence);
            });
            assertThat(watch.lookNow()).isEmpty();
        }
        try (watch) {
            assertThat(watch.lookNow()).isEmpty();
        }
    }

    private static boolean isCreated(NewTopic topic) throws InterruptedException {
        try {
            admin.createTopics(List.of(topic)).all().get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new IllegalStateException(e);
        }
    }

    private static void assertStops(StreamsRunner runner, String... words) {
        assertThatThrownBy(runner::awaitStop)
                .isInstanceOf(StreamFailedException.class)
                .hasMessageContainingAll(words);
    }

    private StreamSettings settings() {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 2, 1))
                .stateDir(directory.resolve("state"))
                .commitInterval(Duration.ofMillis(50))
                .shutdownTimeout(Duration.ofSeconds(5))
                .build();
    }

    private StreamsRunner open() {
        StreamSettings settings = settings();
        return StreamsRunner.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks));
    }

    private StreamsRunner running() throws Exception {
        send();
        StreamsRunner runner = open();
        await().atMost(PATIENCE)
                .until(() -> KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-out")
                                .size()
                        == 1);
        return runner;
    }

    private void send() throws Exception {
        new Topics(settings()).create();
        KafkaRecords.send(
                broker.bootstrapServers(), List.of(new ProducerRecord<>(name + "-in", 0, key("a"), tokens("1", "I"))));
    }
}
