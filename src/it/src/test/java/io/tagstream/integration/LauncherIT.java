package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The assembled application, started by its script as a user does. */
class LauncherIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldPlayTheDemoAndLeaveNothingBehind() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Map<String, String> environment = Map.of("TAGSTREAM_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
        try (Launcher demo = Launcher.start(
                directory,
                environment,
                "chat\tI eat apple.\nlog\tWARN db-2 timed out.\nchat\t\nAlone.\n",
                "demo",
                "--rate",
                "100",
                "--input",
                "-")) {
            assertThat(demo.await(120)).as(demo.err()).isZero();
            assertThat(demo.err()).isEmpty();
            assertThat(demo.out())
                    .contains("\nchat     I/PRON eat/VERB")
                    .contains("\nchat     (an empty sentence: no tokens)\n")
                    .containsPattern("streams +3\n")
                    .containsPattern("sentences +4\n")
                    .containsPattern("dead letters +0\n")
                    .containsPattern("latency +p50 \\d+ ms, p99 \\d+ ms")
                    .containsPattern("start +\\d+\\.\\d s, no part of the latency\n");
        }
        assertThat(left(temporary)).isEmpty();
    }

    @Test
    void shouldShowDeadLettersOfTheDemoAndSummarizeOnCtrlC() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Map<String, String> environment =
                Map.of("TAGSTREAM_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary, "COLUMNS", "100");
        // Slow enough that the signal comes before the text ends, on a busy machine too.
        try (Launcher demo = Launcher.start(directory, environment, "", "demo", "--rate", "4", "--color")) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !demo.isAlive() || demo.out().contains("DEAD LETTER"));
            assertThat(demo.isAlive()).as(demo.err()).isTrue();
            new ProcessBuilder("kill", "-INT", Long.toString(demo.pid()))
                    .start()
                    .waitFor();
            assertThat(demo.await(40)).as(demo.err()).isZero();
            String out = plain(demo.out());
            assertThat(out)
                    .containsPattern("\nold-till +DEAD LETTER the value is not UTF-8")
                    .containsPattern("Stopped after \\d+ of 44 sentences\\.\nstreams +\\d+\nsentences +\\d+\n")
                    .containsPattern("dead letters +[12]\n");
            assertThat(out.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        }
        assertThat(left(temporary)).isEmpty();
    }

    private static String plain(String colored) {
        return colored.replaceAll("\u001b\\[[0-9;]*m", "");
    }

    private static List<Path> left(Path temporary) throws IOException {
        try (Stream<Path> left = Files.list(temporary)) {
            return left.filter(path -> !path.getFileName().toString().startsWith("hsperfdata"))
                    .toList();
        }
    }

    @Test
    void shouldStopOnSigtermWithExitCodeZero() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Launcher run = start(broker, "--no-create-topics=false")) {
            Path health = directory.resolve("health");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !run.isAlive()
                            || (Files.exists(health) && Files.readString(health).equals("RUNNING\n")));
            assertThat(run.isAlive()).as(run.err()).isTrue();
            run.terminate();
            assertThat(run.await(40)).as(run.err()).isZero();
            assertThat(health).doesNotExist();
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void shouldTakeAnEmptyVariableForUnset() throws Exception {
        Map<String, String> environment = Map.of(
                "TAGSTREAM_LIBRARY_LOG_LEVEL", "",
                "TAGSTREAM_LOG_LEVEL", "",
                "TAGSTREAM_NO_CREATE_TOPICS", "",
                "TAGSTREAM_KAFKA_CLIENT_RACK", "",
                "TAGSTREAM_CONFIG", "");
        try (Launcher topics = Launcher.start(
                directory, environment, "", "topics", "--bootstrap-servers", "localhost:1", "--start-timeout", "1s")) {
            assertThat(topics.await(60)).isEqualTo(1);
            assertThat(lines(topics.err())).singleElement().asString().contains("no Kafka broker answered");
        }
    }

    /** As {@code tag big.txt | head -1}: it went on to the end of the file. */
    @Test
    void shouldEndTaggingWhenItsReaderHasGone() throws Exception {
        Path text = Files.writeString(directory.resolve("big.txt"), "I eat apple.\n".repeat(3_000_000));
        Process pipe = new ProcessBuilder("bash", "-c", "target/tagstream/bin/tagstream tag '" + text + "' | head -1")
                .redirectErrorStream(true)
                .start();
        assertThat(pipe.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(new String(pipe.getInputStream().readAllBytes(), UTF_8)).isEqualTo("I\tPRON\tPRP\t0.9999\n");
    }

    @Test
    void shouldSayThatATopicIsMissing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start();
                Launcher run = start(broker, "--no-create-topics")) {
            assertThat(run.await(60)).isEqualTo(2);
            assertThat(lines(run.err())).last().asString().contains("sentences").contains("--no-create-topics");
        }
    }

    @Test
    void shouldFailWithOneSentenceWhereNoBrokerAnswers() throws Exception {
        try (Launcher run = Launcher.start(
                directory, Map.of(), "", "run", "--bootstrap-servers", "localhost:1", "--start-timeout", "2s")) {
            assertThat(run.await(60)).isEqualTo(1);
            assertThat(lines(run.err()))
                    .last()
                    .asString()
                    .startsWith("tagstream: ")
                    .contains("localhost:1");
            assertThat(run.err()).doesNotContain("\tat ");
        }
    }

    @Test
    void shouldStopOnSigtermWhileItWaitsForABroker() throws Exception {
        try (Launcher run = Launcher.start(
                directory,
                Map.of(),
                "",
                "run",
                "--bootstrap-servers",
                "localhost:1",
                "--state-dir",
                directory.resolve("state").toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !run.isAlive() || run.err().contains("trying again"));
            assertThat(run.isAlive()).as(run.err()).isTrue();
            run.terminate();
            assertThat(run.await(40)).as(run.err()).isZero();
        }
    }

    private Launcher start(EmbeddedBroker broker, String flag) throws IOException {
        Map<String, String> environment = Map.of(
                "TAGSTREAM_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
                "TAGSTREAM_HEALTH_FILE", directory.resolve("health").toString());
        return Launcher.start(
                directory,
                environment,
                "",
                "run",
                "--state-dir",
                directory.resolve("state").toString(),
                flag);
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}
