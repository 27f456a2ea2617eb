package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.abort;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.event.TaggedSentence;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Node's kafkajs writes events and reads what comes out, JSON and (with avsc) Avro, without loss: {@code src/it/src/test/node/clients.js}. */
@Timeout(180)
class NodeClientsIT {
    private static final Path SOURCES = Path.of("src/it/src/test/node");
    /** Where npm puts the packages. */
    private static final Path CLIENTS = Path.of("target/node-clients");

    private static final int RECORDS = 60;
    private static final List<String> TEXTS =
            List.of("I eat apple", "I work at apple 🍎", "e\u0301 \u05E9\u05DC\u05D5\u05DD \u0000", "");

    @TempDir
    private Path directory;

    @BeforeAll
    static void install() throws Exception {
        Files.createDirectories(CLIENTS);
        for (String file : List.of("package.json", "clients.js")) {
            Files.copy(SOURCES.resolve(file), CLIENTS.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        try {
            Process npm = new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--prefer-offline")
                    .directory(CLIENTS.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(CLIENTS.resolve("npm.log").toFile())
                    .start();
            if (!npm.waitFor(60, TimeUnit.SECONDS) || npm.exitValue() != 0) {
                npm.destroyForcibly();
                abort("npm cannot get kafkajs and avsc (" + CLIENTS.resolve("npm.log") + "): its test is skipped");
            }
        } catch (IOException e) {
            abort("node and npm are not installed (Debian: apt-get install nodejs npm): their test is skipped");
        }
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void shouldServeKafkajsAndAvscWithoutLoss(OutputFormat format) throws Exception {
        String name = "node-" + format.name().toLowerCase(Locale.ROOT);
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                TaggerModel model = TinyModels.lstm().open()) {
            StreamSettings settings = StreamSettings.builder(broker.bootstrapServers())
                    .applicationId(name)
                    .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 2, 1))
                    .inputFormat(InputFormat.JSON)
                    .outputFormat(format)
                    .includeText(true)
                    .stateDir(directory)
                    .build();
            new Topics(settings).create();
            node("produce", broker.bootstrapServers(), name + "-in", lines().toString());
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            try (StreamsRunner runner =
                    StreamsLaunch.start(settings, TaggingParts.of(settings, model, Sentences::atBlanks))) {
                await().atMost(Duration.ofSeconds(60)).until(() -> {
                    records.clear();
                    records.addAll(KafkaRecords.readCommitted(broker.bootstrapServers(), name + "-out"));
                    return records.size() >= RECORDS;
                });
                assertThat(runner.stop()).isTrue();
            }

            List<String> arguments = new ArrayList<>(
                    List.of("consume", broker.bootstrapServers(), name + "-out", Integer.toString(RECORDS)));
            if (format == OutputFormat.AVRO) {
                arguments.add(Files.writeString(
                                directory.resolve("schema.avsc"),
                                TaggedSentence.getClassSchema().toString())
                        .toString());
            }
            List<String> seen = node(arguments.toArray(String[]::new));
            assertThat(byNode(seen)).isEqualTo(byUs(records, format)).hasSize(3);
        }
    }

    /** The records as a file for the script; one key is no text. */
    private Path lines() throws IOException {
        StringBuilder lines = new StringBuilder();
        List<String> keys = List.of("636861742d31", "00000000000000ff", "c328");
        for (int i = 0; i < RECORDS; i++) {
            lines.append(keys.get(i % keys.size()))
                    .append("\t{\"text\":\"")
                    .append(TEXTS.get(i % TEXTS.size()).replace("\u0000", "\\u0000"))
                    .append("\"}\n");
        }
        return Files.writeString(directory.resolve("lines.txt"), lines, UTF_8);
    }

    private static Map<String, List<OutgoingSentence>> byUs(
            List<ConsumerRecord<byte[], byte[]>> records, OutputFormat format) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(format);
        Map<String, List<OutgoingSentence>> sentences = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            sentences
                    .computeIfAbsent(HexFormat.of().formatHex(record.key()), key -> new ArrayList<>())
                    .add(reader.read(record.value()));
        }
        return sentences;
    }

    /** What Node read, written by it as JSON and read by us. */
    private static Map<String, List<OutgoingSentence>> byNode(List<String> lines) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.JSON);
        Map<String, List<OutgoingSentence>> sentences = new TreeMap<>();
        for (String line : lines) {
            String[] parts = line.split("\t", 2);
            sentences.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(reader.read(parts[1].getBytes(UTF_8)));
        }
        return sentences;
    }

    private static List<String> node(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("node", "clients.js"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(CLIENTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        return lines;
    }
}
