package io.tagstream.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.Console;
import io.tagstream.option.LayeredSettings;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.terminal.CommandException;
import io.tagstream.wire.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class LayeredSettingsTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldLetEnvironmentWinOverFileAndFlagsOverEnvironment() throws IOException {
        Path file = file("bootstrap-servers=file:1\nthreads=2\nmax-tokens=3\ninput-format=json\n");
        RunCommand run = parse(
                Map.of("TAGSTREAM_THREADS", "4", "TAGSTREAM_MAX_TOKENS", "5"),
                "--config",
                file.toString(),
                "--max-tokens",
                "6");
        assertThat(servers(run)).isEqualTo("file:1");
        assertThat(run.threads).isEqualTo(4);
        assertThat(run.maxTokens).isEqualTo(6);
        assertThat(run.inputFormat).isEqualTo(InputFormat.JSON);
        assertThat(run.standbyReplicas).isZero();
    }

    @Test
    void shouldFindTheFileByTheEnvironment() throws IOException {
        Path file = file("bootstrap-servers=file:1\n");
        RunCommand run = parse(Map.of("TAGSTREAM_CONFIG", file.toString()));
        assertThat(servers(run)).isEqualTo("file:1");
    }

    @Test
    void shouldPassKafkaPropertiesOfEveryLayerAndLetTheLaterWin() throws IOException {
        Path file =
                file("kafka.max.poll.records=1\nkafka.fetch.min.bytes=2\nkafka.client.rack=a\nbootstrap-servers=b:1\n");
        Map<String, String> environment = Map.of(
                "TAGSTREAM_KAFKA_FETCH_MIN_BYTES", "3",
                "TAGSTREAM_KAFKA_CLIENT_RACK", "b",
                "TAGSTREAM_KAFKA_INTERNALS_LOG_LEVEL", "INFO");
        RunCommand run = parse(environment, "--config=" + file, "--kafka", "client.rack=c");
        assertThat(run.options.settings(run.spec, true).build().kafkaProperties())
                .containsEntry("max.poll.records", "1")
                .containsEntry("fetch.min.bytes", "3")
                .containsEntry("client.rack", "c");
    }

    @Test
    void shouldRefuseAKeyOfTheFileThatIsNoSetting() throws IOException {
        Path file = file("bootstrap-servers=b:1\ntreads=2\n");
        RunCommand run = parse(Map.of(), "--config", file.toString());
        assertThatThrownBy(() -> run.options.settings(run.spec, true))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("'treads'")
                .hasMessageContaining("threads");
    }

    @ParameterizedTest
    @CsvSource({
        "bootstrap.servers, bootstrap-servers",
        "bootstrap_servers, bootstrap-servers",
        "Bootstrap-Servers, bootstrap-servers",
        "treads, threads",
        "dlq, dlq-topic"
    })
    void shouldSayWhichKeyOfTheFileWasMeantBeforeWhatIsMissing(String key, String meant) throws IOException {
        Path file = file(key + "=1\n");
        assertThat(refusal(Map.of(), "--config", file.toString()))
                .contains("'" + key + "', which is no setting: did you mean '" + meant + "'?")
                .doesNotContain("Missing");
    }

    @Test
    void shouldSayHowAKafkaPropertyIsWritten() throws IOException {
        RunCommand run = parse(
                Map.of(),
                "--config",
                file("bootstrap-servers=b:1\nfetch.min.bytes=1\n").toString());
        assertThatThrownBy(() -> run.options.settings(run.spec, true))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("write kafka.fetch.min.bytes");
    }

    @Test
    void shouldSayWhichVariableWasMeantBeforeWhatIsMissing() {
        assertThat(refusal(Map.of("TAGSTREAM_BOOTSTRAP_SERVER", "b:1")))
                .contains("TAGSTREAM_BOOTSTRAP_SERVER, ", "did you mean 'TAGSTREAM_BOOTSTRAP_SERVERS'?")
                .doesNotContain("Missing");
        // As Kubernetes sets them for a service of the name tagstream.
        assertThat(refusal(Map.of("TAGSTREAM_PORT_9092_TCP", "b:1", "TAGSTREAM_SERVICE_HOST", "b")))
                .contains("Missing required option: '--bootstrap-servers");
    }

    @Test
    void shouldSayWhichFlagWasMeantBeforeWhatIsMissing() {
        for (String flag :
                List.of("--bootstrap-server", "--bootstrap.servers", "-bootstrap-servers", "--bootstrapservers")) {
            assertThat(refusal(Map.of(), flag, "b:1"))
                    .contains("there is no option '" + flag + "': did you mean '--bootstrap-servers'?");
        }
        assertThat(refusal(Map.of(), "--pasword=secret"))
                .contains("'--pasword'")
                .doesNotContain("secret");
    }

    @Test
    void shouldTakeAnEmptyVariableForUnset() throws IOException {
        Map<String, String> environment = Map.of(
                "TAGSTREAM_NO_CREATE_TOPICS", "",
                "TAGSTREAM_THREADS", "",
                "TAGSTREAM_CONFIG", "",
                "TAGSTREAM_TREADS", "",
                "TAGSTREAM_KAFKA_CLIENT_RACK", "",
                "TAGSTREAM_INPUT_TOPIC", " ");
        RunCommand run = parse(
                environment,
                "--config",
                file("bootstrap-servers=b:1\nthreads=3\n").toString());
        assertThat(run.noCreateTopics).isFalse();
        assertThat(run.threads).isEqualTo(3);
        assertThat(run.options.settings(run.spec, true).build().topics()).isEqualTo(TopicSettings.DEFAULT);
        Console console = Console.capture(() -> {
            assertThat(run.options.settings(run.spec, true).build().kafkaProperties())
                    .isEmpty();
            return 0;
        });
        assertThat(console.err()).isEmpty();
    }

    @Test
    void shouldTakeASwitchWithoutAValueForOn() throws IOException {
        String file = file("bootstrap-servers=b:1\nno-create-topics\n").toString();
        assertThat(parse(Map.of(), "--config", file).noCreateTopics).isTrue();
        assertThat(parse(Map.of(), "--config", file, "--no-create-topics").noCreateTopics)
                .isTrue();
        assertThat(parse(Map.of(), "--config", file, "--no-create-topics=false").noCreateTopics)
                .isFalse();
        assertThat(parse(Map.of("TAGSTREAM_NO_CREATE_TOPICS", "false"), "--config", file).noCreateTopics)
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bootstrap-servers", "bootstrap-servers=", "threads =", "kafka.client.rack", "kafka.client.rack="
            })
    void shouldRefuseAnotherKeyWithoutAValue(String line) throws IOException {
        String key = line.replaceAll("[ =]", "");
        Path file = file((key.equals("bootstrap-servers") ? "" : "bootstrap-servers=b:1\n") + line + "\n");
        assertThat(refusal(Map.of(), "--config", file.toString())).contains("'" + key + "' without a value");
    }

    @Test
    void shouldRefuseAKeyThatIsThereTwice() throws IOException {
        Path file = file("bootstrap-servers=a:1\nbootstrap-servers=b:1\n");
        assertThatThrownBy(() -> parse(Map.of(), "--config", file.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("it sets 'bootstrap-servers' twice");
    }

    /** A case of a user's: the first key was lost. */
    @Test
    void shouldReadAFileWithAByteOrderMark() throws IOException {
        Path file = file("\uFEFFbootstrap-servers=localhost:1\nstart-timeout=1s\n");
        assertThat(servers(parse(Map.of(), "--config", file.toString()))).isEqualTo("localhost:1");
    }

    @Test
    void shouldRefuseAFileThatIsNotUtf8() throws IOException {
        Path file = Files.write(
                directory.resolve("latin.properties"), "threads=2\ninput-topic=s\u00e4tze\n".getBytes(ISO_8859_1));
        assertThatThrownBy(() -> parse(Map.of(), "--config", file.toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContainingAll("latin.properties, line 2", "not UTF-8");
    }

    @Test
    void shouldSayWhichFileIsMissing() {
        assertThatThrownBy(() ->
                        parse(Map.of(), "--config", directory.resolve("absent").toString()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("absent");
    }

    @Test
    void shouldTakeAnEmptyVariableAsNotSet() throws IOException {
        Path file = file("bootstrap-servers=b:1\nstate-dir=/from/the/file\n");
        RunCommand run = parse(Map.of("TAGSTREAM_STATE_DIR", "", "TAGSTREAM_CONFIG", file.toString()));
        assertThat(stateDir(run)).hasToString("/from/the/file");
        assertThat(stateDir(parse(Map.of("TAGSTREAM_STATE_DIR", ""), "--bootstrap-servers", "b:1")))
                .isEqualTo(StreamSettings.builder("b:1").build().stateDir());
    }

    private static String servers(RunCommand run) {
        return run.options.settings(run.spec, true).build().bootstrapServers();
    }

    private static Path stateDir(RunCommand run) {
        StreamSettings.Builder settings = run.options.settings(run.spec, true);
        run.application.apply(settings);
        return settings.build().stateDir();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tagstream.properties"), text);
    }

    /** What the user reads, at the parsing or when the settings are made. */
    private static String refusal(Map<String, String> environment, String... arguments) {
        try {
            RunCommand run = parse(environment, arguments);
            run.options.settings(run.spec, true);
            return "not refused";
        } catch (ParameterException e) {
            return Misuse.sentence(e);
        } catch (CommandException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static RunCommand parse(Map<String, String> environment, String... arguments) {
        RunCommand run = new RunCommand();
        CommandLine line = new CommandLine(run);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        LayeredSettings settings = LayeredSettings.of(arguments, environment);
        settings.knowing(line.getCommandSpec().options());
        line.setDefaultValueProvider(settings);
        line.parseArgs(arguments);
        return run;
    }
}
