package io.tagstream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import io.tagstream.terminal.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final String MINI = "src/it/src/test/resources/corpus/mini.conllu";

    @TempDir
    private Path folder;

    @Test
    void shouldPutTheFileOfTablesOnStandardOutputAndProgressBeside() throws Exception {
        Console console = compare("--rows", "rnn", "--seeds", "4", "--epochs", "1");

        assertThat(console.exitCode()).as(console.err()).isZero();
        assertThat(console.out()).isEqualTo(folder.resolve("comparison.md") + System.lineSeparator());
        assertThat(console.err())
                .contains("base, seed 4: upos", "1 trainings left", "rnn, seed 4: upos", "0 trainings left");
        assertThat(Files.readString(folder.resolve("comparison.md"))).contains("mini.conllu", "seeds 4; 1 epochs");
        assertThat(folder.resolve("models/rnn-4.onnx")).isNotEmptyFile();
        assertThat(folder.resolve("findings.json")).isNotEmptyFile();
    }

    @Test
    void shouldSayWhichRowsThereAre() {
        Console console = compare("--rows", "base,elephants");

        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).contains("'elephants'", "hidden-64", "recall");
    }

    private Console compare(String... options) {
        String[] arguments = new String[options.length + 7];
        System.arraycopy(
                new String[] {"compare", "--train", MINI, "--dev", MINI, "--out", folder.toString()},
                0,
                arguments,
                0,
                7);
        System.arraycopy(options, 0, arguments, 7, options.length);
        return Console.capture(() -> Main.run(arguments));
    }
}
