package io.tagstream.watch;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.text;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.local.LocalStates;
import io.tagstream.local.StateFolder;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.topology.TaggingParts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** RUNNING means that records are processed: what the health file says while they are not; on a real broker. */
@Timeout(120)
class ProgressIT {
    private static final Duration STALL = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(40);
    private static EmbeddedBroker broker;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void close() {
        model.close();
        broker.close();
    }

    @Test
    void shouldSayThatAPartitionStallsAndThatItMovesAgain() throws Exception {
        StreamSettings settings = settings("stalled").build();
        CountDownLatch latch = new CountDownLatch(1);
        Tokenizer blanks = Sentences.atBlanks();
        Tokenizer stuck = line -> {
            if (line.contains("stuck")) {
                try {
                    latch.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return blanks.tokenize(line);
        };
        TaggingParts parts = TaggingParts.of(settings, model, () -> stuck);
        try (Logs logs = Logs.capture();
                StreamsRunner runner = StreamsLaunch.start(settings, parts, new RecoveryPolicy(1), STALL)) {
            await().atMost(LONG).until(() -> health(settings).equals("RUNNING"));
            KafkaRecords.send(
                    broker.bootstrapServers(),
                    List.of(
                            record(settings, text("1", "I eat")),
                            record(settings, text("2", "stuck")),
                            record(settings, text("3", "I eat"))));

            await().atMost(LONG).until(() -> health(settings).equals("STALLED"));
            assertThat(runner.isRunning()).isTrue();
            assertThat(runner.count(TaggingMetrics.STALLS)).isEqualTo(1);
            assertThat(ManagementFactory.getPlatformMBeanServer()
                            .getAttribute(
                                    new ObjectName("kafka.streams:type=tagstream-metrics,application-id="
                                            + settings.applicationId()),
                                    TaggingMetrics.STALLS))
                    .isEqualTo(1.0);
            assertThat(logs.lines())
                    .filteredOn(line -> line.contains(" stalls: "))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains(settings.topics().input() + "-0", "offset");
            latch.countDown();
            await().atMost(LONG).until(() -> health(settings).equals("RUNNING"));
            await().atMost(LONG).until(() -> logs.lines().stream().anyMatch(line -> line.contains("moves again")));
            await().atMost(LONG).until(() -> runner.count(TaggingMetrics.SENTENCES) == 3);
        }
    }

    @Test
    void shouldStayRunningWhereATransactionIsOpenOrAbortedOnTheInput() throws Exception {
        StreamSettings settings = settings("transaction").build();
        Map<String, Object> properties =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "somebody");
        TaggingParts parts = TaggingParts.of(settings, model, Sentences::atBlanks);
        try (Logs logs = Logs.capture();
                StreamsRunner runner = StreamsLaunch.start(settings, parts, new RecoveryPolicy(1), STALL);
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            KafkaRecords.send(broker.bootstrapServers(), List.of(record(settings, tokens("1", "I"))));
            await().atMost(LONG).until(() -> runner.count(TaggingMetrics.SENTENCES) == 1);
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(settings, tokens("2", "I"))).get();

            await().atMost(LONG)
                    .until(() -> logs.lines().stream().anyMatch(line -> line.contains("has been open since offset")));
            assertThat(health(settings)).isEqualTo("RUNNING");
            producer.abortTransaction();
            await().atMost(LONG).until(() -> logs.lines().stream().anyMatch(line -> line.contains("can be read on")));
            // The marker of the transaction is ahead for longer than a stall takes.
            await().during(STALL.multipliedBy(2))
                    .atMost(LONG)
                    .until(() -> health(settings).equals("RUNNING"));
            assertThat(runner.count(TaggingMetrics.STALLS)).isZero();
        }
    }

    @Test
    void shouldLeaveTheStateDirectoryItselfAsItWas() throws Exception {
        Path stateDir = Files.createDirectory(directory.resolve("shared"));
        Files.setPosixFilePermissions(stateDir, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path checkout = Files.createDirectory(stateDir.resolve("shared-dir"));
        Files.setPosixFilePermissions(checkout, PosixFilePermissions.fromString("rwxrwxr-x"));
        Path source = Files.writeString(checkout.resolve("Main.java"), "mine");
        StreamSettings settings = settings("shared-dir").stateDir(stateDir).build();
        TaggingParts parts = TaggingParts.of(settings, model, Sentences::atBlanks);
        for (int time = 0; time < 2; time++) {
            try (StreamsRunner runner = StreamsLaunch.start(settings, parts)) {
                assertThat(runner.awaitRunning(LONG)).isTrue();
            }
        }
        assertThat(mode(stateDir)).isEqualTo("rwxrwxrwx");
        assertThat(mode(checkout)).isEqualTo("rwxrwxr-x");
        assertThat(mode(stateDir.resolve(StateFolder.NAME))).isEqualTo("rwxr-x---");
        assertThat(source).hasContent("mine");
        // All that an instance leaves is known to be ours.
        LocalStates states = new LocalStates(settings);
        assertThat(states.directory()).isNotEmptyDirectory();
        states.delete();
        assertThat(states.directory()).doesNotExist();
    }

    private StreamSettings.Builder settings(String name) {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 1, 1))
                .stateDir(directory.resolve("state"))
                .healthFile(directory.resolve(name))
                .commitInterval(Duration.ofMillis(50));
    }

    private static String health(StreamSettings settings) throws IOException {
        Path file = settings.healthFile();
        return file == null || !Files.exists(file) ? "" : Files.readString(file).trim();
    }

    private static ProducerRecord<byte[], byte[]> record(StreamSettings settings, byte[] value) {
        return new ProducerRecord<>(settings.topics().input(), 0, key("a"), value);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
