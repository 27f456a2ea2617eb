package io.tagstream.service;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.admin.Brokers;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.ApplicationStart;
import io.tagstream.identity.IdentityRecord;
import io.tagstream.identity.IdentityTopic;
import io.tagstream.identity.MovedOffsetsCheck;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.position.InputTracking;
import io.tagstream.reset.ApplicationReset;
import io.tagstream.settings.InputPolicy;
import io.tagstream.settings.PreparedTopics;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an application goes on when offsets, records or topics are not what it left. */
@Timeout(120)
public class PositionsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static EmbeddedBroker broker;
    private static TaggerModel model;
    private static Admin admin;

    @TempDir
    private Path directory;

    private final String name = "positions-" + TESTS.incrementAndGet();
    private final TopicPartition input = new TopicPartition(name + "-in", 0);
    private StreamSettings settings = StreamSettings.builder("unset").build();

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

    @BeforeEach
    void prepare() {
        settings = settings("classic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldGoOnAtThePositionWhenTheCommittedOffsetsAreGone(String protocol) throws Exception {
        settings = settings(protocol);
        send(5);
        run(5);
        forgetOffsets();
        send(2);

        List<String> log = run(7);

        assertThat(sequences()).isEqualTo(upTo(7));
        assertThat(log)
                .anyMatch(line -> line.startsWith("WARN")
                        && line.contains("the committed offset of " + input + " is gone")
                        && line.contains("offset 5"));
    }

    @Test
    void shouldGoOnAtThePositionWhenTheOffsetsWereMovedBack() throws Exception {
        send(5);
        run(5);
        commit(1, "");
        send(2);

        List<String> log = run(7);

        assertThat(sequences()).isEqualTo(upTo(7));
        assertThat(log).anyMatch(line -> line.contains("is 1, but it was processed up to offset 5"));
    }

    @Test
    void shouldRefuseOffsetsThatWereMovedPastRecords() throws Exception {
        send(5);
        run(5);
        send(3);
        commit(8, "");

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(input.toString(), "moved to 8", "offset 5", "--moved-offsets accept");

        settings = policy(new InputPolicy(
                null,
                InputPolicy.MovedOffsets.ACCEPT,
                InputPolicy.MissingRecords.CONTINUE,
                InputPolicy.RecreatedInput.REFUSE,
                InputPolicy.LostStates.REFUSE));
        send(1);
        run(6);
        assertThat(sequences()).isEqualTo(upTo(6));
        settings = policy(InputPolicy.DEFAULT);
        send(1);
        run(7);
    }

    @Test
    void shouldTakeMarkersAndAbortedRecordsAfterThePositionForNormal() throws Exception {
        send(3);
        transaction(2, true);
        transaction(4, false);
        run(5);
        await().atMost(PATIENCE).until(() -> committed() == 11 || committed() == 5);
        commit(11, "");

        send(1);
        List<String> log = run(6);

        assertThat(sequences()).isEqualTo(upTo(6));
        assertThat(log).noneMatch(line -> line.startsWith("WARN io.tagstream") || line.contains("last stable offset"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldCountWhatRetentionRemovedBeforeItWasRead(String protocol) throws Exception {
        settings = settings(protocol);
        send(2);
        run(2);
        send(5);
        deleteRecordsBefore(6);

        try (Logs logs = Logs.capture();
                StreamsRunner runner = open()) {
            await().atMost(PATIENCE).until(() -> tagged().size() == 3);
            assertThat(runner.count(TaggingMetrics.MISSING_RECORDS)).isEqualTo(4);
            assertThat(logs.lines().stream().filter(line -> line.contains("retention")))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains(input + " from offset 2 to 5, at most 4,");
        }
        assertThat(sequences()).isEqualTo(upTo(3));
    }

    @Test
    void shouldCountWhatRetentionRemovedWhileItRuns() throws Exception {
        settings = settings.toBuilder()
                .kafkaProperties(Map.of("max.poll.records", "1", "max.partition.fetch.bytes", "1"))
                .build();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TaggingParts slow = TaggingParts.of(settings, model, () -> text -> {
            first.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Sentences.atBlanks().tokenize(text);
        });
        new Topics(settings).create();
        for (int i = 0; i < 20; i++) {
            KafkaRecords.send(
                    broker.bootstrapServers(),
                    List.of(new ProducerRecord<>(input.topic(), 0, key("a"), Sentences.text("" + i, "I eat"))));
        }

        try (Logs logs = Logs.capture();
                StreamsRunner runner = StreamsLaunch.start(settings, slow)) {
            first.await();
            deleteRecordsBefore(18);
            goOn.countDown();
            await().atMost(PATIENCE).until(() -> runner.count(TaggingMetrics.MISSING_RECORDS) > 0);
            long missing = runner.count(TaggingMetrics.MISSING_RECORDS);
            await().atMost(PATIENCE).until(() -> tagged().size() == 20 - missing);
            assertThat(logs.lines().stream().filter(line -> line.contains("retention")))
                    .singleElement()
                    .asString()
                    .contains("at most " + missing + ",");
        }
    }

    @Test
    void shouldStopWhereRecordsAreMissingIfToldSo() throws Exception {
        send(2);
        run(2);
        send(5);
        deleteRecordsBefore(6);
        settings = policy(new InputPolicy(
                null,
                InputPolicy.MovedOffsets.REFUSE,
                InputPolicy.MissingRecords.STOP,
                InputPolicy.RecreatedInput.REFUSE,
                InputPolicy.LostStates.REFUSE));

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("offset 2 to 5", "--missing-records");
    }

    @Test
    void shouldRefuseARecreatedInputOrRestartAtItsBeginning() throws Exception {
        send(3);
        run(3);
        admin.deleteTopics(Set.of(input.topic())).all().get();
        await().atMost(PATIENCE)
                .until(() -> !KafkaRecords.topics(broker.bootstrapServers()).contains(input.topic()));
        send(5);

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("recreated or truncated", "--recreated-input restart");

        settings = policy(new InputPolicy(
                null,
                InputPolicy.MovedOffsets.REFUSE,
                InputPolicy.MissingRecords.CONTINUE,
                InputPolicy.RecreatedInput.RESTART,
                InputPolicy.LostStates.REFUSE));
        run(8);
        assertThat(sequences()).isEqualTo(upTo(8));
        settings = policy(InputPolicy.DEFAULT);
        send(1);
        run(9);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldRefuseWhenTheChangelogOfTheStatesIsGone(boolean recreated) throws Exception {
        send(3);
        run(3);
        String changelog = name + "-hidden-states-changelog";
        admin.deleteTopics(Set.of(changelog)).all().get();
        await().atMost(PATIENCE)
                .until(() -> !KafkaRecords.topics(broker.bootstrapServers()).contains(changelog));
        if (recreated) {
            admin.createTopics(
                            Set.of(new NewTopic(changelog, 2, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(changelog, "--lost-states reset");

        settings = policy(new InputPolicy(
                null,
                InputPolicy.MovedOffsets.REFUSE,
                InputPolicy.MissingRecords.CONTINUE,
                InputPolicy.RecreatedInput.REFUSE,
                InputPolicy.LostStates.RESET));
        send(1);
        run(4);
        assertThat(sequences()).containsExactly(1L, 2L, 3L, 1L);
    }

    @Test
    void shouldGoOnAtTheCommittedOffsetsWhenThePositionsAreGone() throws Exception {
        send(3);
        run(3);
        admin.deleteTopics(Set.of(name + "-positions-changelog")).all().get();
        send(2);

        List<String> log = run(5);

        assertThat(sequences()).isEqualTo(upTo(5));
        assertThat(log).anyMatch(line -> line.contains("with the positions was deleted"));
    }

    @Test
    void shouldGoOnWhereAnOlderBuildStopped() throws Exception {
        send(3);
        run(3);
        // An older build knew neither.
        admin.deleteTopics(Set.of(name + "-positions-changelog", name + "-identity"))
                .all()
                .get();
        await().atMost(PATIENCE)
                .until(() -> !KafkaRecords.topics(broker.bootstrapServers()).contains(name + "-identity"));
        send(2);

        run(5);

        assertThat(sequences()).isEqualTo(upTo(5));
        forgetOffsets();
        send(1);
        run(6);
        assertThat(sequences()).isEqualTo(upTo(6));
    }

    @Test
    void shouldNotTagADeadLetterOrATombstoneAgain() throws Exception {
        new Topics(settings).create();
        KafkaRecords.send(
                broker.bootstrapServers(),
                List.of(
                        new ProducerRecord<>(input.topic(), 0, key("a"), tokens("1", "I")),
                        new ProducerRecord<>(input.topic(), 0, key("a"), "no event".getBytes(UTF_8)),
                        new ProducerRecord<>(input.topic(), 0, key("a"), null)));
        try (StreamsRunner runner = open()) {
            await().atMost(PATIENCE).until(() -> committed() == 3);
            assertThat(runner.isRunning()).isTrue();
        }
        forgetOffsets();
        send(1);

        run(2);

        assertThat(sequences()).containsExactly(1L, 1L);
        assertThat(KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-dlq"))
                .hasSize(1);
    }

    @Test
    void shouldRefuseAnotherInputUnderTheSameApplicationId() throws Exception {
        send(1);
        run(1);
        StreamSettings other = settings.toBuilder()
                .topics(new TopicSettings(name + "-b", name + "-b-out", name + "-b-dlq", true, 2, 1))
                .build();

        assertThatThrownBy(() -> StreamsLaunch.start(other, parts(other)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(name + "-in", name + "-b", "--application-id");
    }

    @Test
    void shouldLetOneOfTwoInstancesWriteTheIdentity() throws Exception {
        send(1);
        PreparedTopics topics = new Topics(settings).prepare();

        List<CompletableFuture<InputTracking>> starts = IntStream.range(0, 4)
                .mapToObj(unused -> CompletableFuture.supplyAsync(() -> ApplicationStart.check(settings, topics)))
                .toList();
        for (CompletableFuture<InputTracking> start : starts) {
            assertThat(start.get().positions()).hasSize(2).containsKey(input);
        }

        assertThat(KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-identity"))
                .hasSize(1);
        assertThat(KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-positions-changelog"))
                .hasSize(2);
    }

    @Test
    void shouldBeginWhereItIsToldAndOnlyThen() throws Exception {
        send(3);
        settings = policy(InputPolicy.DEFAULT.from(OffsetSpec.latest()));
        try (StreamsRunner runner = open()) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();
            send(2);
            await().atMost(PATIENCE).until(() -> tagged().size() == 2);
        }
        send(4);

        List<String> log = run(6);

        assertThat(sequences()).isEqualTo(upTo(6));
        assertThat(log).anyMatch(line -> line.contains("--from is ignored"));
    }

    @Test
    void shouldBeginWhereAResetSaysEvenWhenTheOffsetsAreForgotten() throws Exception {
        send(5);
        run(5);
        ApplicationReset reset = new ApplicationReset(settings);
        reset.execute(reset.plan(OffsetSpec.latest()));
        forgetOffsets();
        send(1);

        run(6);

        assertThat(sequences()).containsExactly(1L, 2L, 3L, 4L, 5L, 1L);
    }

    @Test
    void shouldNotCreateTheIdentityTopicIfItMustNot() throws Exception {
        send(1);
        admin.deleteTopics(Set.of(name + "-identity")).all().get();
        StreamSettings frozen = settings.toBuilder()
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", false, 2, 1))
                .build();

        assertThatThrownBy(() -> StreamsLaunch.start(frozen, parts(frozen)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(name + "-identity", "tagstream topics", "--no-create-topics");
    }

    @Test
    void shouldRefuseToTagAgainWhatAnOlderBuildTaggedByItsDefaultName() throws Exception {
        send(1);
        admin.alterConsumerGroupOffsets("tagstream", Map.of(input, new OffsetAndMetadata(1)))
                .all()
                .get();
        StreamSettings byDefault = StreamSettings.builder(broker.bootstrapServers())
                .topics(settings.topics())
                .stateDir(directory)
                .build();

        assertThatThrownBy(() -> StreamsLaunch.start(byDefault, parts(byDefault)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("--application-id tagstream");
        new Topics(byDefault).create();
        assertThatThrownBy(() -> StreamsLaunch.start(byDefault, parts(byDefault)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("--application-id tagstream");
    }

    @Test
    void shouldTrustThePositionsWhereTheIdentityIsGone() throws Exception {
        send(3);
        run(3);
        admin.deleteTopics(Set.of(name + "-identity")).all().get();
        await().atMost(PATIENCE)
                .until(() -> !KafkaRecords.topics(broker.bootstrapServers()).contains(name + "-identity"));
        send(2);
        commit(5, "");

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("moved to 5", "offset 3");

        commit(3, "");
        List<String> log = run(5);
        assertThat(sequences()).isEqualTo(upTo(5));
        assertThat(log).anyMatch(line -> line.startsWith("WARN") && line.contains("the identity of " + name));
        assertThat(KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-identity"))
                .hasSize(1);
    }

    @Test
    void shouldRefuseToResetAnInputThatTheApplicationDoesNotRead() throws Exception {
        send(1);
        run(1);
        StreamSettings other = settings.toBuilder()
                .topics(new TopicSettings(name + "-b", name + "-b-out", name + "-b-dlq", true, 2, 1))
                .build();
        new Topics(other).create();

        assertThatThrownBy(() -> new ApplicationReset(other).plan(OffsetSpec.earliest()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("reads " + name + "-in", "not " + name + "-b");
    }

    @Test
    void shouldRefuseStatesWithoutAPositionOrAnOffset() throws Exception {
        send(3);
        run(3);
        // An older build, whose offsets have expired.
        admin.deleteTopics(Set.of(name + "-positions-changelog", name + "-identity"))
                .all()
                .get();
        forgetOffsets();
        await().atMost(PATIENCE)
                .until(() -> !KafkaRecords.topics(broker.bootstrapServers()).contains(name + "-identity"));

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(name + "-hidden-states-changelog", "--from");

        settings = policy(InputPolicy.DEFAULT.from(OffsetSpec.latest()));
        try (StreamsRunner runner = open()) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();
            send(1);
            await().atMost(PATIENCE).until(() -> tagged().size() == 4);
        }
        assertThat(sequences()).isEqualTo(upTo(4));
    }

    @Test
    void shouldSayThatAResetWasInterrupted() throws Exception {
        send(1);
        run(1);
        boolean noted = Brokers.with(settings, brokers -> {
            IdentityTopic topic = new IdentityTopic(brokers, settings);
            try (Producer<byte[], byte[]> writer = topic.writer()) {
                return topic.write(writer, IdentityRecord.ofUnfinishedReset(Map.of()), List.of());
            }
        });
        assertThat(noted).isTrue();

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("was interrupted", "tagstream reset");

        ApplicationReset reset = new ApplicationReset(settings);
        reset.execute(reset.plan(OffsetSpec.earliest()));
        run(2);
        assertThat(sequences()).containsExactly(1L, 1L);
    }

    @Test
    void shouldLookForRecordsBetweenAPositionAndTheNextRecord() throws Exception {
        send(3);
        transaction(2, true);
        transaction(2, false);
        send(1);
        MovedOffsetsCheck check = new MovedOffsetsCheck(settings);

        check.check(input, 5, 9);
        assertThatThrownBy(() -> check.check(input, 4, 9))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(input.toString(), "offset 4", "is at 9", "--moved-offsets accept");
        new MovedOffsetsCheck(policy(new InputPolicy(
                        null,
                        InputPolicy.MovedOffsets.ACCEPT,
                        InputPolicy.MissingRecords.CONTINUE,
                        InputPolicy.RecreatedInput.REFUSE,
                        InputPolicy.LostStates.REFUSE)))
                .check(input, 4, 9);
    }

    @Test
    void shouldRefuseAChangelogOfStatesThatHasLostRecords() throws Exception {
        send(3);
        run(3);
        String changelog = name + "-hidden-states-changelog";
        // As an operator does who has set the wrong policy, and then the right one.
        setPolicy(changelog, "delete");
        admin.deleteRecords(Map.of(new TopicPartition(changelog, 0), RecordsToDelete.beforeOffset(-1)))
                .all()
                .get();
        setPolicy(changelog, "compact");

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(changelog, "records were removed from it", "--lost-states reset");

        settings = policy(new InputPolicy(
                null,
                InputPolicy.MovedOffsets.REFUSE,
                InputPolicy.MissingRecords.CONTINUE,
                InputPolicy.RecreatedInput.REFUSE,
                InputPolicy.LostStates.RESET));
        send(1);
        run(4);
        settings = policy(InputPolicy.DEFAULT);
        send(1);
        run(5);
    }

    @Test
    void shouldNotTakeStatesThatCameAfterAReset() throws Exception {
        send(2);
        run(2);
        ApplicationReset reset = new ApplicationReset(settings);
        reset.execute(reset.plan(OffsetSpec.earliest()));
        // An instance that was paused all the while.
        String changelog = name + "-hidden-states-changelog";
        admin.createTopics(Set.of(new NewTopic(changelog, 2, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();
        KafkaRecords.send(
                broker.bootstrapServers(), List.of(new ProducerRecord<>(changelog, 0, key("a"), new byte[] {1})));

        assertThatThrownBy(this::open)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("from before the reset", "tagstream reset");
    }

    private StreamSettings settings(String protocol) {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 2, 1))
                .stateDir(directory.resolve("state"))
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(Map.of("group.protocol", protocol))
                .build();
    }

    private StreamSettings policy(InputPolicy policy) {
        return settings.toBuilder().inputPolicy(policy).build();
    }

    private static TaggingParts parts(StreamSettings settings) {
        return TaggingParts.of(settings, model, Sentences::atBlanks);
    }

    private StreamsRunner open() {
        return StreamsLaunch.start(settings, parts(settings));
    }

    /** Runs until so many sentences have been put out in all, and nothing more follows; what it logs. */
    private List<String> run(int sentences) throws Exception {
        try (Logs logs = Logs.capture()) {
            try (StreamsRunner runner = open()) {
                await().atMost(PATIENCE).until(() -> tagged().size() >= sentences);
                assertThat(runner.stop()).isTrue();
            }
            assertThat(tagged()).hasSize(sentences);
            return logs.lines();
        }
    }

    private void send(int sentences) throws Exception {
        new Topics(settings).create();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            records.add(new ProducerRecord<>(input.topic(), 0, key("a"), tokens("" + i, "I", "eat", "apple")));
        }
        KafkaRecords.send(broker.bootstrapServers(), records);
    }

    private void transaction(int sentences, boolean commit) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", name + "-producer"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < sentences; i++) {
                producer.send(new ProducerRecord<>(input.topic(), 0, key("a"), tokens("" + i, "I")))
                        .get();
            }
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private void commit(long offset, String metadata) throws Exception {
        admin.alterConsumerGroupOffsets(name, Map.of(input, new OffsetAndMetadata(offset, Optional.empty(), metadata)))
                .all()
                .get();
    }

    private static void setPolicy(String topic, String policy) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, topic),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("cleanup.policy", policy), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void forgetOffsets() throws Exception {
        admin.deleteConsumerGroupOffsets(name, Set.of(input, new TopicPartition(input.topic(), 1)))
                .all()
                .get();
    }

    private void deleteRecordsBefore(long offset) throws Exception {
        admin.deleteRecords(Map.of(input, RecordsToDelete.beforeOffset(offset)))
                .all()
                .get();
    }

    private long committed() throws Exception {
        OffsetAndMetadata offset = admin.listConsumerGroupOffsets(name)
                .partitionsToOffsetAndMetadata()
                .get()
                .get(input);
        return offset == null ? -1 : offset.offset();
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private List<Long> sequences() throws Exception {
        return tagged().stream().map(OutgoingSentence::sequence).toList();
    }

    private List<OutgoingSentence> tagged() throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        List<OutgoingSentence> sentences = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-out")) {
            sentences.add(reader.read(record.value()));
        }
        return sentences;
    }
}
