package io.tagstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.Console;
import io.tagstream.option.OffsetSpecConverter;
import io.tagstream.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.TypeConversionException;

/** What the command says and asks; what a reset does is {@code ApplicationResetIT}'s. */
@Timeout(120)
class ResetCommandIT {
    private static final TopicPartition PARTITION = new TopicPartition("sentences", 0);
    private static EmbeddedBroker broker;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("sentences", 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void commitAnOffset() throws Exception {
        Files.createDirectories(local());
        Files.writeString(folder().resolve(".made-by-tagstream"), "");
        try (Admin admin = admin()) {
            admin.alterConsumerGroupOffsets("tagstream", Map.of(PARTITION, new OffsetAndMetadata(7)))
                    .all()
                    .get();
        }
    }

    @Test
    void shouldOnlySayWhatItWouldDoInADryRun() throws Exception {
        Console console = reset("", "--dry-run");

        assertThat(console.exitCode()).isZero();
        assertThat(console.out())
                .contains("sentences-0: offset 7 -> 0", "7 records are tagged again", "dry run: nothing was done")
                .contains(local() + " is deleted", "tagged-tokens", "sentences-dlq");
        assertThat(committed()).isEqualTo(7);
        assertThat(local()).exists();
    }

    @Test
    void shouldSayThatThereIsNoSuchApplication() {
        Console console = reset("", "--dry-run", "--application-id", "tagstraem");

        assertThat(console.out()).contains("tagstraem on", "would start over", "no trace", "--application-id");
        assertThat(reset("", "--dry-run").out()).doesNotContain("no trace");
    }

    @Test
    void shouldDoNothingUnlessTheAnswerIsYes() throws Exception {
        for (String answer : List.of("no\n", "", "y\n")) {
            Console console = reset(answer);

            assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(console.err()).contains("Type 'yes'", "nothing was done", "--yes");
            assertThat(committed()).isEqualTo(7);
            assertThat(local()).exists();
        }
    }

    @Test
    void shouldDoItWhenAnsweredYesAndForAScript() throws Exception {
        Console asked = reset("yes\n");
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(committed()).isZero();
        assertThat(local()).doesNotExist();

        commitAnOffset();
        Console script = reset("", "--yes");
        assertThat(script.exitCode()).as(script.err()).isZero();
        assertThat(script.err()).doesNotContain("Type");
        assertThat(script.out()).contains("done");
        assertThat(committed()).isZero();
    }

    @Test
    void shouldReadAPlaceInATopic() {
        assertThat(OffsetSpecConverter.time("2026-11-23")).hasToString("2026-11-23T00:00:00Z");
        assertThat(OffsetSpecConverter.time("2026-11-23T10:00:00+01:00")).hasToString("2026-11-23T09:00:00Z");
        assertThatThrownBy(() -> new OffsetSpecConverter().convert("yesterday"))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("earliest, latest");
    }

    @Test
    void shouldSayThatThereIsNoSuchTopic() {
        Console console = reset("", "--yes", "--input-topic", "none");

        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("there is no topic none");
    }

    @Test
    void shouldLeaveWhatItDidNotMakeAlone() throws Exception {
        Path file = Files.writeString(local().resolve("notes.txt"), "mine");
        Path outside = Files.createDirectories(directory.resolve("tagstream").resolve("0_0"));

        assertThat(reset("", "--yes").exitCode()).isZero();
        assertThat(file).hasContent("mine");
        assertThat(outside).exists();

        Files.delete(folder().resolve(".made-by-tagstream"));
        Console refused = reset("", "--yes");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(refused.err()).contains(folder() + ",", "was not made by Tagstream", "--state-dir");
    }

    @Test
    void shouldRefuseAnEmptyStateDirectory() {
        Console console = reset("", "--yes", "--state-dir", "");

        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--state-dir");
    }

    private Path folder() {
        return directory.resolve("tagstream-states");
    }

    private Path local() {
        return folder().resolve("tagstream");
    }

    private Console reset(String input, String... more) {
        List<String> arguments = new ArrayList<>(List.of("reset", "--bootstrap-servers", broker.bootstrapServers()));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--application-id")) {
            arguments.addAll(List.of("--application-id", "tagstream"));
        }
        if (!arguments.contains("--state-dir")) {
            arguments.addAll(List.of("--state-dir", directory.toString()));
        }
        return Console.capture(input.getBytes(UTF_8), () -> Main.run(arguments.toArray(String[]::new)));
    }

    private static long committed() throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    admin.listConsumerGroupOffsets("tagstream").all().get().get("tagstream");
            OffsetAndMetadata committed = offsets == null ? null : offsets.get(PARTITION);
            return committed == null ? -1 : committed.offset();
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }
}
