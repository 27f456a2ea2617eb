package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.wire.InputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
        assertThat(run.options.bootstrapServers).isEqualTo("file:1");
        assertThat(run.threads).isEqualTo(4);
        assertThat(run.maxTokens).isEqualTo(6);
        assertThat(run.inputFormat).isEqualTo(InputFormat.JSON);
        assertThat(run.standbyReplicas).isZero();
    }

    @Test
    void shouldFindTheFileByTheEnvironment() throws IOException {
        Path file = file("bootstrap-servers=file:1\n");
        RunCommand run = parse(Map.of("TAGSTREAM_CONFIG", file.toString()));
        assertThat(run.options.bootstrapServers).isEqualTo("file:1");
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
        assertThat(run.application.stateDir).hasToString("/from/the/file");
        assertThat(parse(Map.of("TAGSTREAM_STATE_DIR", ""), "--bootstrap-servers", "b:1").application.stateDir)
                .isNull();
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("tagstream.properties"), text);
    }

    private static RunCommand parse(Map<String, String> environment, String... arguments) {
        RunCommand run = new RunCommand();
        CommandLine line = new CommandLine(run);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        LayeredSettings settings = LayeredSettings.of(arguments, environment);
        line.getCommandSpec().options().forEach(option -> settings.knowing(List.of(option.longestName())));
        line.setDefaultValueProvider(settings);
        line.parseArgs(arguments);
        return run;
    }
}
