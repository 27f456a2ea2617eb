package io.tagstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands leave in the temporary directory: nothing. And one that allows no native libraries is named. */
@Timeout(180)
class TemporaryFilesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Path temporary = Path.of("");
    private Path health = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        health = directory.resolve("health");
    }

    @Test
    void shouldLeaveNothingWhenRunIsStopped() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Launcher run = start("", run(broker.bootstrapServers()))) {
            await().atMost(PATIENCE)
                    .until(() -> !run.isAlive()
                            || (Files.exists(health) && Files.readString(health).equals("RUNNING\n")));
            assertThat(run.isAlive()).as(run.err()).isTrue();
            // Kafka loads a library for each of them at the first record.
            for (String compression : List.of("zstd", "snappy", "lz4")) {
                send(broker, compression);
            }
            await().atMost(PATIENCE).until(() -> {
                List<String> names = names();
                return names.stream().anyMatch(name -> name.startsWith("liblz4"));
            });
            run.terminate();
            assertThat(run.await(40)).as(run.err()).isZero();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenRunIsStoppedWhileItWaitsForABroker() throws Exception {
        try (Launcher run = start("", run("localhost:1"))) {
            await().atMost(PATIENCE).until(() -> !run.isAlive() || run.err().contains("trying again"));
            run.terminate();
            assertThat(run.await(40)).as(run.err()).isZero();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenRunFails() throws Exception {
        List<String> arguments = new ArrayList<>(List.of(run("localhost:1")));
        arguments.addAll(List.of("--start-timeout", "1s"));
        try (Launcher run = start("", arguments.toArray(String[]::new))) {
            assertThat(run.await(60)).as(run.err()).isEqualTo(1);
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenItTagsALine() throws Exception {
        try (Launcher tag = start("I eat apple.\n", "tag")) {
            assertThat(tag.await(60)).as(tag.err()).isZero();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldLeaveNothingWhenTheDemoIsInterrupted() throws Exception {
        try (Launcher demo = start("a\tI eat apple.\n".repeat(1000), "demo", "--input", "-", "--rate", "1")) {
            await().atMost(PATIENCE).until(() -> !demo.isAlive() || demo.out().contains("eat"));
            assertThat(demo.isAlive()).as(demo.err()).isTrue();
            assertThat(names()).isNotEmpty();
            demo.terminate();
            assertThat(demo.await(40)).as(demo.err()).isZero();
        }
        assertThat(names()).isEmpty();
    }

    @Test
    void shouldSayInOneSentenceThatTheTemporaryDirectoryIsMountedNoexec() throws Exception {
        assumeTrue(
                command("mount", "-t", "tmpfs", "-o", "noexec", "tagstream-test", temporary.toString()) == 0,
                "skipped: no file system can be mounted here (it takes root)");
        try {
            for (String[] arguments : List.of(new String[] {"tag"}, run("localhost:1"))) {
                try (Launcher command = start("I eat apple.\n", arguments)) {
                    assertThat(command.await(60)).isNotZero();
                    assertThat(command.err().lines())
                            .singleElement()
                            .asString()
                            .startsWith("tagstream: ")
                            .contains(temporary.toString(), "noexec", "java.io.tmpdir");
                }
                assertThat(names()).isEmpty();
            }
        } finally {
            command("umount", temporary.toString());
        }
    }

    private static int command(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private Launcher start(String input, String... arguments) throws IOException {
        return Launcher.start(
                directory, Map.of("TAGSTREAM_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary), input, arguments);
    }

    private String[] run(String bootstrapServers) {
        return new String[] {
            "run",
            "--bootstrap-servers",
            bootstrapServers,
            "--input-format",
            "text",
            "--state-dir",
            directory.resolve("state").toString(),
            "--health-file",
            health.toString()
        };
    }

    private static void send(EmbeddedBroker broker, String compression) throws Exception {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", broker.bootstrapServers());
        properties.put("compression.type", compression);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("sentences", "a", "I eat apple. ".repeat(20)))
                    .get();
        }
    }

    /** hsperfdata is the JVM's own. */
    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(temporary)) {
            return entries.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("hsperfdata"))
                    .toList();
        }
    }
}
