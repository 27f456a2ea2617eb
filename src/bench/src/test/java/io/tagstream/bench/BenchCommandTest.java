package io.tagstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import io.tagstream.terminal.ExitCode;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    @Test
    void shouldHelpWithTheTaggerBench() {
        Console console = Console.capture(() -> Main.run("bench", "tagger", "--help"));
        assertThat(console.exitCode()).isZero();
        assertThat(console.out()).contains("tagstream bench tagger", "--train", "--repetitions");
    }

    @Test
    void shouldSayWhichTrainingCorpusIsMissing() {
        Console console = Console.capture(() -> Main.run(
                "bench",
                "tagger",
                "--corpus",
                "src/it/src/test/resources/corpus/mini.conllu",
                "--train",
                "absent.conllu"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).contains("absent.conllu").contains("--train");
    }
}
