package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Launcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The same application against the broker that users run, and in the image that users run. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerIT {
    private static final String KAFKA = "apache/kafka:4.3.1";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SENTENCES = List.of("I eat apple.", "I work at apple.", "Don't panic!");

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldTagAgainstTheBrokerImage() throws Exception {
        try (KafkaContainer kafka = new KafkaContainer(KAFKA).withStartupTimeout(PATIENCE)) {
            kafka.start();
            try (Launcher run = Launcher.start(
                    directory,
                    Map.of(),
                    "",
                    "run",
                    "--bootstrap-servers",
                    kafka.getBootstrapServers(),
                    "--input-format",
                    "text",
                    "--state-dir",
                    directory.resolve("state").toString())) {
                shouldTag(kafka);
                assertThat(run.isAlive()).isTrue();
            }
        }
    }

    @Test
    void shouldTagInItsOwnImageNotAsRoot() throws Exception {
        ImageFromDockerfile image = new ImageFromDockerfile()
                .withFileFromPath("Dockerfile", Path.of("Dockerfile"))
                .withFileFromPath("target/tagstream/bin", Path.of("target", "tagstream", "bin"))
                .withFileFromPath("target/tagstream/lib", Path.of("target", "tagstream", "lib"));
        try (Network network = Network.newNetwork();
                KafkaContainer kafka = new KafkaContainer(KAFKA)
                        .withNetwork(network)
                        .withListener("kafka:19092")
                        .withStartupTimeout(PATIENCE);
                GenericContainer<?> tagstream = new GenericContainer<>(image)
                        .withNetwork(network)
                        .withEnv("TAGSTREAM_BOOTSTRAP_SERVERS", "kafka:19092")
                        .withEnv("TAGSTREAM_INPUT_FORMAT", "text")
                        .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE))) {
            kafka.start();
            tagstream.start();
            shouldTag(kafka);
            assertThat(tagstream.execInContainer("id", "-u").getStdout().trim()).isEqualTo("10001");
            assertThat(tagstream
                            .execInContainer("ls", "/opt/tagstream")
                            .getStdout()
                            .lines())
                    .containsExactly("bin", "lib");
        }
    }

    private static void shouldTag(KafkaContainer kafka) throws Exception {
        // The application creates the topics; a producer that is faster would create them with one partition.
        await().atMost(PATIENCE)
                .until(() -> KafkaRecords.topics(kafka.getBootstrapServers()).contains("sentences-dlq"));
        KafkaRecords.send(
                kafka.getBootstrapServers(),
                SENTENCES.stream()
                        .map(text -> new ProducerRecord<>("sentences", "chat".getBytes(UTF_8), text.getBytes(UTF_8)))
                        .toList());
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(KafkaRecords.readCommitted(kafka.getBootstrapServers(), "tagged-tokens"))
                                .hasSize(SENTENCES.size()));
        List<ConsumerRecord<byte[], byte[]>> tagged =
                KafkaRecords.readCommitted(kafka.getBootstrapServers(), "tagged-tokens");
        JsonNode last = new ObjectMapper().readTree(tagged.get(2).value());
        assertThat(last.get("sequence").asLong()).isEqualTo(3);
        assertThat(last.get("tokens").get(0).get("form").asText()).isEqualTo("Do");
    }
}
