package io.tagstream.service;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.ForeignStatePolicy;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the application does when a thread of it dies, or a broker is not there. */
@Timeout(180)
class RecoveryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    private static Path logs;

    private static EmbeddedBroker broker;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    private final String name = "recovery-" + TESTS.incrementAndGet();

    @BeforeAll
    static void start() throws Exception {
        int[] ports = freePorts();
        // A thread that died stays in its group until its session ends.
        broker = EmbeddedBroker.startAt(logs, ports[0], ports[1], Map.of("group.min.session.timeout.ms", "500"));
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void stop() {
        model.close();
        broker.close();
    }

    @Test
    void shouldReplaceAThreadThatFailsAndTagEveryRecordOnce() throws Exception {
        StreamSettings settings = settings().build();
        send(settings, 40);
        AtomicInteger failures = new AtomicInteger();
        TaggingParts whole = parts(settings);
        TaggingParts failing = new TaggingParts(model, whole.tokenizer(), whole.decoder(), () -> sentence -> {
            if (sentence.sentenceId().equals("20") && failures.incrementAndGet() <= 2) {
                throw new IllegalStateException("the registry is away");
            }
            return whole.encoder().get().encode(sentence);
        });

        try (Logs captured = Logs.capture();
                StreamsRunner runner = StreamsLaunch.start(settings, failing, patient())) {
            // The threads rethrow what they died of.
            await().dontCatchUncaughtExceptions()
                    .atMost(PATIENCE)
                    .until(() -> read(settings).size() >= 40);
            assertThat(runner.isRunning()).isTrue();
            assertThat(captured.lines())
                    .filteredOn(line -> line.contains("is replaced"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("the registry is away"));
        }
        assertThat(read(settings))
                .isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
        assertThat(failures).hasValueGreaterThan(2);
    }

    @Test
    void shouldGiveEveryThreadASuccessorThatGoesOnWhereItStopped() throws Exception {
        StreamSettings settings = settings().threads(2).build();
        send(settings, 40);
        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings), patient())) {
            for (int sentences = 40; sentences <= 120; sentences += 40) {
                int expected = sentences;
                await("the output of " + expected)
                        .atMost(PATIENCE)
                        .until(() -> read(settings).size() >= expected);
                runner.renewThreads(Duration.ofHours(1));
                send(settings, 40);
            }
            await().atMost(PATIENCE).until(() -> read(settings).size() >= 160);
            assertThat(runner.isRunning()).isTrue();
        }
        assertThat(read(settings))
                .isEqualTo(LongStream.rangeClosed(1, 160).boxed().toList());
    }

    @Test
    void shouldStopWithItsCauseWhereEveryNewThreadFailsToo() throws Exception {
        StreamSettings settings = settings().build();
        send(settings, 1);
        TaggingParts whole = parts(settings);
        AtomicInteger failures = new AtomicInteger();
        TaggingParts broken = new TaggingParts(model, whole.tokenizer(), whole.decoder(), () -> sentence -> {
            failures.incrementAndGet();
            throw new IllegalStateException("the registry is away");
        });

        try (StreamsRunner runner = StreamsLaunch.start(settings, broken, patient())) {
            assertThatThrownBy(runner::awaitStop)
                    .isInstanceOf(StreamFailedException.class)
                    .hasMessageContaining("the registry is away");
            assertThat(runner.isRunning()).isFalse();
        }
        assertThat(failures).hasValue(RecoveryPolicy.MOST_FAILURES + 1);
        assertThat(read(settings)).isEmpty();
    }

    @Test
    void shouldStopAtOnceOnAForeignStateWhereThePolicySaysSo() throws Exception {
        StreamSettings settings =
                settings().foreignState(ForeignStatePolicy.FAIL).build();
        send(settings, 1);
        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings), patient())) {
            await().atMost(PATIENCE).until(() -> read(settings).size() == 1);
            assertThat(runner.stop()).isTrue();
        }
        send(settings, 1);
        try (TaggerModel other = TinyModels.lstm().seed(99).open();
                Logs captured = Logs.capture();
                StreamsRunner runner = StreamsLaunch.start(
                        settings, TaggingParts.of(settings, other, Sentences::atBlanks), patient())) {
            assertThatThrownBy(runner::awaitStop)
                    .isInstanceOf(StreamFailedException.class)
                    .hasMessageContaining("stored state");
            assertThat(captured.lines()).noneMatch(line -> line.contains("is replaced"));
        }
    }

    @Test
    void shouldStopInTheMiddleOfAWait() throws Exception {
        StreamSettings settings = settings().build();
        send(settings, 1);
        TaggingParts whole = parts(settings);
        CompletableFuture<Boolean> failed = new CompletableFuture<>();
        TaggingParts broken = new TaggingParts(model, whole.tokenizer(), whole.decoder(), () -> sentence -> {
            failed.complete(true);
            throw new IllegalStateException("the registry is away");
        });
        RecoveryPolicy slow = new RecoveryPolicy(1, Duration.ofSeconds(30), System::nanoTime);

        try (StreamsRunner runner = StreamsLaunch.start(settings, broken, slow)) {
            assertThat(failed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            long begin = System.nanoTime();
            runner.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            runner.awaitStop();
        }
    }

    @Test
    void shouldWaitForABrokerThatIsAbsentAtTheStart() throws Exception {
        int[] ports = freePorts();
        StreamSettings settings = StreamSettings.builder("127.0.0.1:" + ports[0])
                .stateDir(directory.resolve("state"))
                .topics(new TopicSettings("in", "out", "dlq", true, 1, 1))
                .build();
        try (Logs captured = Logs.capture()) {
            CompletableFuture<StreamsRunner> starting = new CompletableFuture<>();
            Thread starter = new Thread(
                    () -> starting.complete(StreamsLaunch.start(settings, parts(settings))), "absent-broker-test");
            starter.start();
            await().atMost(PATIENCE)
                    .until(() -> captured.lines().stream()
                            .anyMatch(line -> line.contains("no Kafka broker answered at 127.0.0.1:" + ports[0])));
            assertThat(starting).isNotDone();
            try (EmbeddedBroker late = EmbeddedBroker.startAt(directory.resolve("late"), ports[0], ports[1], Map.of());
                    StreamsRunner runner = starting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(late.bootstrapServers()).isEqualTo(settings.bootstrapServers());
                assertThat(runner.awaitRunning(PATIENCE)).isTrue();
            }
        }
    }

    private static int[] freePorts() throws Exception {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (ServerSocket first = new ServerSocket(0, 1, loopback);
                ServerSocket second = new ServerSocket(0, 1, loopback)) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    /** It has the limits of a policy for users, and less patience between. */
    private static RecoveryPolicy patient() {
        return new RecoveryPolicy(1, Duration.ofMillis(20), System::nanoTime);
    }

    private StreamSettings.Builder settings() {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 1, 1))
                .stateDir(directory.resolve("state"))
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(Map.of(
                        "session.timeout.ms", "1000", "heartbeat.interval.ms", "300", "metadata.max.age.ms", "1000"));
    }

    private static TaggingParts parts(StreamSettings settings) {
        return TaggingParts.of(settings, model, Sentences::atBlanks);
    }

    /** Sentences of one stream, with ids from 1 on; creates the topics. */
    private static void send(StreamSettings settings, int count) throws Exception {
        new Topics(settings).create();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            records.add(new ProducerRecord<>(
                    settings.topics().input(), key("a"), tokens(Integer.toString(i), "I", "eat", "apple")));
        }
        KafkaRecords.send(settings.bootstrapServers(), records);
    }

    /** The sequence numbers that came out. */
    private static List<Long> read(StreamSettings settings) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        List<Long> sequences = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : KafkaRecords.readCommitted(
                settings.bootstrapServers(), settings.topics().output())) {
            sequences.add(reader.read(record.value()).sequence());
        }
        return sequences;
    }
}
