package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Launcher;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that is not ours puts lines in and reads JSON: {@code src/it/src/test/kcat/roundtrip.sh}. */
class KcatIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldServeAClientThatIsNotOurs() throws Exception {
        if (!installed()) {
            abort("kcat is not installed (Debian: apt-get install kcat): its test is skipped");
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            try (Launcher topics = Launcher.start(
                    directory, Map.of(), "", "topics", "--bootstrap-servers", broker.bootstrapServers())) {
                assertThat(topics.await(60)).as(topics.err()).isZero();
                assertThat(topics.out().lines())
                        .containsExactly("sentences", "tagged-tokens", "sentences-dlq", "tagstream-sentences-identity");
            }
            try (Launcher run = Launcher.start(
                    directory,
                    Map.of(),
                    "",
                    "run",
                    "--bootstrap-servers",
                    broker.bootstrapServers(),
                    "--input-format",
                    "text",
                    "--state-dir",
                    directory.resolve("state").toString())) {
                Map<String, List<JsonNode>> tagged = roundTrip(broker.bootstrapServers());
                assertThat(run.isAlive()).isTrue();
                assertThat(tagged.get("chat-1")).hasSize(2);
                assertThat(tagged.get("chat-1").get(1).get("sequence").asLong()).isEqualTo(2);
                assertThat(tagged.get("chat-1").get(1).get("state_digest").textValue())
                        .matches("[0-9a-f]{16}");
                assertThat(tagged.get("chat-1").get(1).get("tokens")).hasSize(5);
                assertThat(tagged.get("chat-2")
                                .get(0)
                                .get("tokens")
                                .get(1)
                                .get("form")
                                .asText())
                        .isEqualTo("n't");
                JsonNode log = tagged.get("log").get(0).get("tokens");
                assertThat(log.get(log.size() - 1).get("form").asText()).isEqualTo("🙂");
            }
        }
    }

    /** kcat knows no Avro without a registry: it must hand on the bytes as they are, with keys of any bytes. */
    @Test
    void shouldHandOnAvroByteForByte() throws Exception {
        if (!installed()) {
            abort("kcat is not installed (Debian: apt-get install kcat): its test is skipped");
        }
        OutgoingSentence sentence = new OutgoingSentence(
                "in-0-7",
                3,
                "m@0",
                new EventSource("in", 0, 7),
                null,
                List.of(new TokenTags(new Token("🍎", 0, 2), "NOUN", 0.75f, Map.of("xpos", "NN"))),
                "00ff00ff00ff00ff");
        byte[] value = WireFormats.encoder(OutputFormat.AVRO, Emit.SENTENCE)
                .encode(sentence)
                .get(0);
        byte[] key = {0, (byte) 0xFF, '\n'};
        try (EmbeddedBroker broker = EmbeddedBroker.start()) {
            new Topics(StreamSettings.builder(broker.bootstrapServers())
                            .topics(new TopicSettings("in", "out", "dlq", true, 1, 1))
                            .build())
                    .create();
            KafkaRecords.send(broker.bootstrapServers(), List.of(new ProducerRecord<>("out", 0, key, value)));
            Process kcat = new ProcessBuilder(
                            "kcat", "-b", broker.bootstrapServers(), "-t", "out", "-C", "-e", "-q", "-f", "%k%s")
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] read = kcat.getInputStream().readAllBytes();
            assertThat(kcat.waitFor()).isZero();
            assertThat(Arrays.copyOf(read, key.length)).isEqualTo(key);
            assertThat(WireFormats.sentenceReader(OutputFormat.AVRO)
                            .read(Arrays.copyOfRange(read, key.length, read.length)))
                    .isEqualTo(sentence);
        }
    }

    private static Map<String, List<JsonNode>> roundTrip(String bootstrapServers) throws Exception {
        Process script = new ProcessBuilder(
                        "bash", "src/it/src/test/kcat/roundtrip.sh", bootstrapServers, "sentences", "tagged-tokens")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new String(script.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(script.waitFor()).isZero();
        Map<String, List<JsonNode>> tagged = new HashMap<>();
        for (String line : lines) {
            String[] parts = line.split("\t", 2);
            tagged.computeIfAbsent(parts[0], any -> new ArrayList<>()).add(new ObjectMapper().readTree(parts[1]));
        }
        return tagged;
    }

    private static boolean installed() throws InterruptedException {
        try {
            Process version =
                    new ProcessBuilder("kcat", "-V").redirectErrorStream(true).start();
            return version.waitFor(10, TimeUnit.SECONDS) && version.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
