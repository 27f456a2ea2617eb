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
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.containers.ExecConfig;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.kafka.KafkaContainer;

/** The same application against the broker that users run, and in the image that users run. */
@Testcontainers(disabledWithoutDocker = true)
class ContainerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SENTENCES = List.of("I eat apple.", "I work at apple.", "Don't panic!");

    /** What {@code mvn package} left: a build with Maven inside would take minutes. */
    private static final ImageFromDockerfile IMAGE = new ImageFromDockerfile()
            .withFileFromPath("Dockerfile", Path.of("Dockerfile"))
            .withFileFromPath("target/tagstream/bin", Path.of("target", "tagstream", "bin"))
            .withFileFromPath("target/tagstream/lib", Path.of("target", "tagstream", "lib"))
            .withFileFromPath("target/native", Path.of("target", "native"))
            .withBuildArg("BUILD_IMAGE", "eclipse-temurin:17-jre")
            .withBuildArg("DISTRIBUTION", "target");

    /** A broker's image that is cut down lacks a name that zstd asks for, as the Dockerfile says of our own. */
    private static final String OLD_NAMES = "libc=$(find -L /lib /usr/lib -maxdepth 2 -name libc.so.6 | head -1);"
            + " [ -z \"$libc\" ] || [ -e \"${libc%/*}/libpthread.so.0\" ] || ln -s \"$libc\" \"${libc%/*}/libpthread.so.0\"";

    private static final Network NETWORK = Network.newNetwork();
    private static final KafkaContainer KAFKA = new KafkaContainer(BrokerImage.name())
            .withNetwork(NETWORK)
            .withListener("kafka:19092")
            .withStartupTimeout(PATIENCE);

    @TempDir
    Path directory = Path.of("");

    @BeforeAll
    static void startBroker() throws Exception {
        KAFKA.start();
        KAFKA.execInContainer(ExecConfig.builder()
                .user("root")
                .command(new String[] {"sh", "-c", OLD_NAMES})
                .build());
    }

    @AfterAll
    static void stopBroker() {
        KAFKA.stop();
        NETWORK.close();
    }

    @Test
    void shouldTagAgainstTheBrokerImage() throws Exception {
        try (Launcher run = Launcher.start(
                directory,
                topics("outside"),
                "",
                "run",
                "--bootstrap-servers",
                KAFKA.getBootstrapServers(),
                "--input-format",
                "text",
                "--state-dir",
                directory.resolve("state").toString())) {
            shouldTag("outside", "none");
            assertThat(run.isAlive()).isTrue();
        }
    }

    @Test
    void shouldTagInItsOwnImageNotAsRoot() throws Exception {
        try (GenericContainer<?> tagstream = container("image")) {
            tagstream.start();
            shouldTag("image", "none");
            assertThat(output(tagstream, "id", "-u").trim()).isEqualTo("10001");
            assertThat(output(tagstream, "ls", "/opt/tagstream").lines()).containsExactly("bin", "lib");
        }
    }

    @Test
    void shouldTagOnAReadOnlyRootAsAnyUserOfGroupZero() throws Exception {
        try (GenericContainer<?> tagstream = container("hardened")
                .withTmpFs(Map.of("/tmp", "rw,noexec,nosuid"))
                .withCreateContainerCmdModifier(create -> Objects.requireNonNull(
                                create.withUser("123456:0").getHostConfig())
                        .withReadonlyRootfs(true))) {
            tagstream.start();
            // A consumer unpacks with the native library of each.
            shouldTag("hardened", "zstd", "snappy", "lz4");
            assertThat(output(tagstream, "id", "-u").trim()).isEqualTo("123456");
            assertThat(output(tagstream, "cat", "/proc/1/maps"))
                    .contains(List.of(
                            "/lib/native/libonnxruntime.so",
                            "/lib/native/librocksdbjni-linux",
                            "/lib/native/libzstd-jni-",
                            "/lib/native/libsnappyjava.so",
                            "/lib/native/liblz4-java.so"))
                    .doesNotContain("/tmp/lib");
            assertThat(tagstream.getLogs()).doesNotContain("\tat ");
        }
    }

    private static GenericContainer<?> container(String name) {
        return new GenericContainer<>(IMAGE)
                .withNetwork(NETWORK)
                .withEnv(topics(name))
                .withEnv("TAGSTREAM_BOOTSTRAP_SERVERS", "kafka:19092")
                .withEnv("TAGSTREAM_INPUT_FORMAT", "text")
                .waitingFor(Wait.forHealthcheck().withStartupTimeout(PATIENCE));
    }

    private static Map<String, String> topics(String name) {
        return Map.of(
                "TAGSTREAM_APPLICATION_ID", name,
                "TAGSTREAM_INPUT_TOPIC", name + "-in",
                "TAGSTREAM_OUTPUT_TOPIC", name + "-out",
                "TAGSTREAM_DLQ_TOPIC", name + "-dlq");
    }

    private static String output(GenericContainer<?> container, String... command) throws Exception {
        return container.execInContainer(command).getStdout();
    }

    private static void shouldTag(String name, String... compressions) throws Exception {
        String servers = KAFKA.getBootstrapServers();
        // The application creates the topics; a producer that is faster would create them with one partition.
        await().atMost(PATIENCE).until(() -> KafkaRecords.topics(servers).contains(name + "-dlq"));
        for (String compression : compressions) {
            KafkaRecords.send(
                    Map.of("bootstrap.servers", servers, "compression.type", compression),
                    SENTENCES.stream()
                            .map(text ->
                                    new ProducerRecord<>(name + "-in", "chat".getBytes(UTF_8), text.getBytes(UTF_8)))
                            .toList());
        }
        int sent = SENTENCES.size() * compressions.length;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(KafkaRecords.readCommitted(servers, name + "-out"))
                        .hasSize(sent));
        List<ConsumerRecord<byte[], byte[]>> tagged = KafkaRecords.readCommitted(servers, name + "-out");
        JsonNode last = new ObjectMapper().readTree(tagged.get(sent - 1).value());
        assertThat(last.get("sequence").asLong()).isEqualTo(sent);
        assertThat(last.get("tokens").get(0).get("form").asText()).isEqualTo("Do");
    }
}
