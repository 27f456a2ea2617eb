package io.tagstream.reset;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.local.LocalFiles;
import io.tagstream.local.StateFolder;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
class ApplicationResetIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger TESTS = new AtomicInteger();
    private static EmbeddedBroker broker;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    private final String name = "reset-" + TESTS.incrementAndGet();
    private StreamSettings settings = StreamSettings.builder("unset").build();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void stop() {
        model.close();
        broker.close();
    }

    @BeforeEach
    void prepare() {
        settings = settings("state", "classic");
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldTagEverythingAgainFromTheVeryBeginning(String protocol) throws Exception {
        settings = settings("state", protocol);
        send(20, 1_000);
        run(settings, 20);

        ResetPlan plan = reset(OffsetSpec.earliest());

        assertThat(plan.offsets()).hasSize(2);
        assertThat(plan.offsets().stream().mapToLong(ResetPlan.Offset::again).sum())
                .isEqualTo(20);
        assertThat(plan.changelogs()).containsExactly(name + "-hidden-states-changelog", name + "-positions-changelog");
        assertThat(plan.localStates())
                .isEqualTo(directory.resolve("state").resolve(StateFolder.NAME).resolve(name))
                .doesNotExist();
        assertThat(KafkaRecords.topics(broker.bootstrapServers()))
                .doesNotContain(name + "-hidden-states-changelog")
                .contains(name + "-in", name + "-out", name + "-dlq");
        List<OutgoingSentence> before = tagged();
        run(settings, 40);
        List<OutgoingSentence> after = tagged();
        assertThat(after.subList(20, 40)).isEqualTo(before);
        assertThat(before.get(19).sequence()).isEqualTo(20);
    }

    @Test
    void shouldChangeNothingByAPlan() throws Exception {
        send(5, 1_000);
        run(settings, 5);

        ResetPlan plan = new ApplicationReset(settings).plan(OffsetSpec.earliest());

        assertThat(plan.localStates()).exists();
        send(1, 1_000);
        run(settings, 6);
        assertThat(tagged().get(5).sequence()).isEqualTo(6);
    }

    @Test
    void shouldLeaveOutWhatCameBeforeATime() throws Exception {
        send(5, 1_000);
        send(3, 2_000);
        run(settings, 8);

        ResetPlan plan = reset(OffsetSpec.forTimestamp(2_000));

        assertThat(plan.offsets().stream().mapToLong(ResetPlan.Offset::again).sum())
                .isEqualTo(3);
        run(settings, 11);
        assertThat(tagged().subList(8, 11))
                .extracting(OutgoingSentence::sequence)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldLeaveOutAllThatCameBefore() throws Exception {
        send(5, 1_000);
        reset(OffsetSpec.latest());
        send(1, 1_000);
        run(settings, 1);

        assertThat(tagged()).hasSize(1);
    }

    @Test
    void shouldRefuseWhileAnInstanceRuns() throws Exception {
        send(1, 1_000);
        try (StreamsRunner runner = StreamsLaunch.start(settings, parts())) {
            assertThat(runner.awaitRunning(PATIENCE)).isTrue();

            assertThatThrownBy(() -> new ApplicationReset(settings).plan(OffsetSpec.earliest()))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("is running");
            ResetPlan plan = new ResetPlan(List.of(new ResetPlan.Offset(name + "-in", 0, 1L, 0)), List.of(), null);
            assertThatThrownBy(() -> new ApplicationReset(settings).execute(plan))
                    .isInstanceOf(InvalidSettingException.class)
                    .hasMessageContaining("is running");
            await().atMost(PATIENCE).until(() -> tagged().size() == 1);
        }
    }

    @Test
    void shouldRefuseWithoutTheInputTopic() {
        assertThatThrownBy(() -> reset(OffsetSpec.earliest()))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(name + "-in", "--input-topic");
    }

    @Test
    void shouldWaitForTheEndOfATransactionThatIsOpen() throws Exception {
        send(3, 1_000);
        run(settings, 3);
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "transactional.id",
                name + "-01234567-89ab-cdef-0123-456789abcdef-1",
                "transaction.timeout.ms",
                2_000);
        try (KafkaProducer<byte[], byte[]> instanceThatDied =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            instanceThatDied.initTransactions();
            instanceThatDied.beginTransaction();
            instanceThatDied
                    .send(new ProducerRecord<>(settings.topics().output(), key("a"), tokens("x", "I")))
                    .get();
            long begin = System.nanoTime();
            reset(OffsetSpec.earliest());
            // The broker ends it after two seconds; some of them have gone by.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(500));
        }
        run(settings, 6);
        assertThat(tagged()).extracting(OutgoingSentence::sequence).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
    }

    @Test
    void shouldNotTrustLocalStatesOfTheTimeBeforeOnAnotherMachine() throws Exception {
        StreamSettings elsewhere = settings("elsewhere", "classic");
        send(3, 1_000);
        run(elsewhere, 3);
        assertThat(directory
                        .resolve("elsewhere")
                        .resolve(StateFolder.NAME)
                        .resolve(name)
                        .resolve(LocalFiles.MARK))
                .exists();
        reset(OffsetSpec.latest());
        assertThat(directory.resolve("elsewhere").resolve(StateFolder.NAME).resolve(name))
                .exists();
        // The new changelog grows past the offsets that the other machine remembers, and begins with a stream that it
        // never saw.
        send("b", 1, 1_000);
        send(50, 1_000);
        run(settings, 54);
        send("b", 1, 1_000);
        run(elsewhere, 55);

        assertThat(tagged().get(54).sequence()).isEqualTo(2);
        assertThat(Files.readString(directory
                        .resolve("elsewhere")
                        .resolve(StateFolder.NAME)
                        .resolve(name)
                        .resolve(LocalFiles.MARK)))
                .isEqualTo(Files.readString(directory
                        .resolve("state")
                        .resolve(StateFolder.NAME)
                        .resolve(name)
                        .resolve(LocalFiles.MARK)));
    }

    private ResetPlan reset(OffsetSpec to) {
        ApplicationReset reset = new ApplicationReset(settings);
        ResetPlan plan = reset.plan(to);
        reset.execute(plan);
        return plan;
    }

    private StreamSettings settings(String stateDir, String protocol) {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 2, 1))
                .stateDir(directory.resolve(stateDir))
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(Map.of("group.protocol", protocol))
                .build();
    }

    private static TaggingParts parts(StreamSettings settings) {
        return TaggingParts.of(settings, model, Sentences::atBlanks);
    }

    private TaggingParts parts() {
        return parts(settings);
    }

    /** Runs until so many sentences have been put out in all, and until the local states are marked. */
    private void run(StreamSettings settings, int sentences) throws Exception {
        Path mark = settings.stateDir().resolve(StateFolder.NAME).resolve(name).resolve(LocalFiles.MARK);
        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings))) {
            await().atMost(PATIENCE).until(() -> tagged().size() >= sentences);
            await().atMost(PATIENCE).until(() -> Files.exists(mark));
            assertThat(runner.stop()).isTrue();
        }
    }

    private void send(int sentences, long time) throws Exception {
        send("a", sentences, time);
    }

    private void send(String stream, int sentences, long time) throws Exception {
        new Topics(settings).create();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < sentences; i++) {
            records.add(new ProducerRecord<>(name + "-in", 0, time, key(stream), tokens("" + i, "I", "eat", "apple")));
        }
        KafkaRecords.send(broker.bootstrapServers(), records);
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
