package io.tagstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Console;
import io.tagstream.option.EnumNames;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.text.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

class MainTest {
    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "tag", "train", "lesson", "evaluate", "bench", "model", "topics"})
    void shouldHelpWithEveryCommandAndGiveExamples(String command) {
        Console console = Console.capture(() -> Main.run(command, "--help"));
        assertThat(console.exitCode()).isZero();
        assertThat(console.out()).contains("Examples:").contains("tagstream " + command);
        assertThat(console.err()).isEmpty();
    }

    @Test
    void shouldShowTheCommandsWhenNoneIsGiven() {
        assertThat(Console.capture(Main::run).out()).contains("demo", "evaluate", "Exit codes:");
    }

    @Test
    void shouldPrintItsVersion() {
        assertThat(Console.capture(() -> Main.run("--version")).out()).startsWith("tagstream ");
    }

    @Test
    void shouldAnswerAWrongFlagInOneSentence() {
        Console console = Console.capture(() -> Main.run("tag", "--jason"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).isEmpty();
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("--jason").contains("tagstream tag --help");
    }

    /** As {@link EnumNames} takes them. */
    @Test
    void shouldShowTheValuesOfAnEnumInTheHelpAsTheyAreTyped() {
        for (String name : List.of("run", "train", "tag", "evaluate", "bench tagger")) {
            String[] words = (name + " --help").split(" ", -1);
            String help = Console.capture(() -> Main.run(words)).out();
            CommandLine command = CommandTree.root();
            for (String word : name.split(" ", -1)) {
                command = Objects.requireNonNull(command.getSubcommands().get(word));
            }
            for (OptionSpec option : command.getCommandSpec().options()) {
                if (option.type().isEnum()) {
                    for (Object constant : option.type().getEnumConstants()) {
                        assertThat(help).contains(EnumNames.typed(constant));
                        assertThat(String.join(" ", option.description())).doesNotContain(((Enum<?>) constant).name());
                    }
                }
            }
        }
    }

    @Test
    void shouldSayWhichCommandWasMeant() {
        Console console = Console.capture(() -> Main.run("tga"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err())
                .isEqualToIgnoringNewLines(
                        "tagstream: there is no command 'tga': did you mean 'tag'? (see: tagstream --help)");
        assertThat(Console.capture(() -> Main.run("bench", "tager")).err()).contains("did you mean 'tagger'?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--model=", "--input-topic=", "--bootstrap-servers=", "--threads="})
    void shouldRefuseAFlagWithoutItsValue(String flag) {
        Console console = Console.capture(() -> Main.run("run", "--bootstrap-servers", "localhost:1", flag));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains(flag.substring(0, flag.length() - 1));
    }

    @Test
    void shouldNameTheValuesOfAnOptionAsTheyAreTyped() {
        Console console = Console.capture(() -> Main.run("run", "--bootstrap-servers", "localhost:1", "--emit", "all"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("expected one of sentence, token, but was 'all'");
    }

    /** The settings of the application are no business of other commands. */
    @Test
    void shouldReadTheSettingsOnlyForCommandsThatHaveThem() {
        Map<String, String> environment = Map.of("TAGSTREAM_CONFIG", "/nope");
        assertThat(Console.capture(() -> Main.run(environment, "run", "--help")).exitCode())
                .isZero();
        assertThat(Console.capture("Go.".getBytes(UTF_8), () -> Main.run(environment, "tag"))
                        .exitCode())
                .isZero();
        Console topics = Console.capture(() -> Main.run(environment, "topics"));
        assertThat(topics.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(topics.err()).contains("/nope", "there is no such file");
    }

    @Test
    void shouldSayWhyKafkaMakesNoClient() {
        // As Kafka Streams fails where the session is shorter than the heartbeat.
        Throwable failure = new KafkaException(
                "Failed to construct kafka consumer",
                new IllegalArgumentException("Heartbeat must be lower than the session"));
        assertThat(FailureSentence.of(failure))
                .isEqualTo("Failed to construct kafka consumer: Heartbeat must be lower than the session");
        assertThat(FailureSentence.isOfSettings(failure)).isTrue();
        assertThat(FailureSentence.isOfSettings(new KafkaException("no client", new ConfigException("a", "b"))))
                .isTrue();
        assertThat(FailureSentence.isOfSettings(new KafkaException("no client", new IOException("gone"))))
                .isFalse();
        IllegalArgumentException login = new IllegalArgumentException("no value for the key 'secret'");
        login.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("org.apache.kafka.common.security.JaasConfig", "parse", "JaasConfig.java", 1)
        });
        assertThat(FailureSentence.of(new KafkaException("no client", login)))
                .startsWith("no client: check the security properties")
                .doesNotContain("secret");
    }

    @Test
    void shouldAnswerAMissingFileInOneSentence() {
        Console console = Console.capture(() -> Main.run("evaluate", "--corpus", "absent.conllu"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("absent.conllu");
    }

    @Test
    void shouldAnswerAModelThatIsNoneInOneSentence() throws IOException {
        Path file = Files.writeString(directory.resolve("no.onnx"), "not a model");
        Console console = Console.capture(() -> Main.run("model", file.toString()));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("no.onnx");
    }

    @Test
    void shouldPrintAStackTraceOnRequest() {
        Console console = Console.capture(() -> Main.run("model", "absent", "--stacktrace"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("at io.tagstream.cli.");
    }

    @Test
    void shouldRefuseAKafkaPropertyThatCorrectnessRestsOn() {
        Console console = Console.capture(() ->
                Main.run("run", "--bootstrap-servers", "localhost:1", "--kafka", "processing.guarantee=at_least_once"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("processing.guarantee");
    }

    @Test
    void shouldServeRunAndTopicsByOneFile() throws IOException {
        Path file = Files.writeString(
                directory.resolve("both.properties"),
                "bootstrap-servers=localhost:1\nstart-timeout=1s\ninput-format=text\napplication-id=a\n");
        Console console = Console.capture(() -> Main.run("topics", "--config", file.toString()));
        assertThat(console.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(console.err()).contains("localhost:1");
    }

    @Test
    void shouldSayWhereAWrongValueStands() throws IOException {
        Path file = Files.writeString(directory.resolve("wrong.properties"), "bootstrap-servers=b:1\nthreads=zwei\n");
        Console console = Console.capture(() -> Main.run("run", "--config", file.toString()));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--threads", "zwei", "from the configuration file");
    }

    @Test
    void shouldRefuseADirectoryAsText() {
        Console console = Console.capture(() -> Main.run("tag", directory.toString()));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains(directory.toString(), "directory");
    }

    @Test
    void shouldSayThatNoBrokerAnswers() {
        Console console = Console.capture(
                () -> Main.run("topics", "--bootstrap-servers", "localhost:1", "--start-timeout", "1s"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(console.err()).contains("localhost:1").contains("--bootstrap-servers");
    }

    /** A user cannot fix a bug: it is a failure, and its class is said. */
    @Test
    void shouldTellABugFromMisuse() {
        CommandTree commands = CommandTree.load();
        Exception bug = new IllegalArgumentException("the state has 7 floats");
        assertThat(FailureSentence.of(bug)).isEqualTo("IllegalArgumentException: the state has 7 floats");
        assertThat(Main.exitCode(bug, commands)).isEqualTo(ExitCode.FAILED);
        assertThat(Main.exitCode(new UsageException("epochs must be at least 1, got 0"), commands))
                .isEqualTo(ExitCode.USAGE);
        assertThat(Main.exitCode(new InvalidSettingException("there is no topic x"), commands))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void shouldAddTheFlagToTheNameOfASetting() {
        CommandLine run = new CommandLine(new RunCommand());
        assertThat(FailureSentence.of(new UsageException("maxTokens must be at least 1, got 0"), run))
                .isEqualTo("--max-tokens: maxTokens must be at least 1, got 0");
        assertThat(FailureSentence.of(new UsageException("width must be at least 1, got 0"), run))
                .isEqualTo("width must be at least 1, got 0");
        assertThat(FailureSentence.of(new IllegalStateException("threads must end"), run))
                .isEqualTo("IllegalStateException: threads must end");
    }

    @Test
    void shouldSayWhichCommandHelpWasMeantFor() {
        Console console = Console.capture(() -> Main.run("help", "rn"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("there is no command 'rn': did you mean 'run'?");
    }

    @Test
    void shouldSayWhichKafkaPropertyWasMeant() {
        Console console = Console.capture(() -> Main.run(
                "topics",
                "--bootstrap-servers",
                "localhost:1",
                "--start-timeout",
                "1s",
                "--kafka",
                "consumer.max.pol.records=secret",
                "--kafka",
                "my.plugin.key=1"));
        assertThat(console.err())
                .contains("Kafka knows no property 'max.pol.records': did you mean 'max.poll.records'?")
                .doesNotContain("secret", "my.plugin");
    }

    /** What {@code bin/tagstream} would say, said by the program too, where it is started without. */
    @Test
    void shouldNameTheFolderThatAPartLacks() {
        ParseResult given = CommandTree.root().parseArgs("demo");
        CommandException failure = Misuse.missingPart(given, new NoClassDefFoundError("io/tagstream/broker/Folders"));
        assertThat(failure).hasMessageContaining("'demo' needs the folder lib-demo");
        assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
