package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Console;
import io.tagstream.settings.TopicSettings;
import io.tagstream.terminal.ExitCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The options that say what names a stream, and how they are refused: one sentence, exit code 2. */
class StreamNamingOptionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--key-from=value|'value' names no stream: write key, partition, header:NAME, field:POINTER or none",
                "--key-from=header:|'header:' names no header: write header:NAME",
                "--key-from=field:user|'user' is not a JSON pointer to a field: write /user",
                "--key-from=field:/user|--key-from field:/user needs JSON values: set --input-format json",
                "--key-from=none --memory=stream|--key-from none has no streams that could be remembered",
                "--memory=some|'some'",
                "--memory=none --state-ttl=1h|without memory there is no state that could expire",
                "--emit=token --include-text|leave out --include-text or --emit token",
                "--input-topic=a,b,a|an input topic is named twice in a,b,a: name each topic once",
                "--input-topic=a,,b|'' is no name for a topic",
                "--input-topic=a,b* |'b*' is no name for a topic",
            })
    void shouldRefuseInOneSentence(String options, String sentence) {
        String[] given = ("run --bootstrap-servers localhost:1 " + options).split(" ");
        Console console = Console.capture(() -> Main.run(given));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains(sentence);
    }

    @Test
    void shouldTakeSeveralInputTopics() {
        assertThat(topics("--input-topic", "a,b").inputs()).containsExactly("a", "b");
        assertThat(topics("--input-topic", "a, b").inputs()).containsExactly("a", "b");
        assertThat(topics("--input-topic", "a").inputs()).containsExactly("a");
    }

    private static TopicSettings topics(String... options) {
        RunCommand run = new RunCommand();
        new CommandLine(run)
                .parseArgs(Stream.concat(Stream.of("--bootstrap-servers", "localhost:1"), Stream.of(options))
                        .toArray(String[]::new));
        return run.options.settings(CommandSpec.create(), true).build().topics();
    }
}
