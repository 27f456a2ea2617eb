package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training on a terminal, which {@code script} of util-linux makes: there the progress bar is drawn, and Ctrl-C comes from the keyboard. */
class TrainOnTerminalIT {
    private static final int CONTROL_C = 3;

    @TempDir
    private Path folder;

    @Test
    void shouldSaveTheModelOnControlC() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "the terminal is made by script of util-linux");
        Path model = folder.resolve("stopped.onnx");
        String corpus = "src/it/src/test/resources/corpus/mini.conllu";
        String train = String.join(
                " ",
                "exec target/tagstream/bin/tagstream train --hidden 16 --affix-width 4 --epochs 100000 --no-report",
                "--train " + corpus + " --dev " + corpus + " --out '" + model + "'");
        Path shown = folder.resolve("shown.txt");
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", train, "/dev/null")
                .redirectErrorStream(true)
                .redirectOutput(shown.toFile());
        // script runs the command by this shell. A shell that stays beside it gets the Ctrl-C too, and some then end
        // with a code of their own:
        // hence exec, too.
        builder.environment().put("SHELL", "/bin/sh");
        Process terminal = builder.start();
        try (OutputStream keyboard = terminal.getOutputStream()) {
            await().atMost(Duration.ofSeconds(90))
                    .until(() -> !terminal.isAlive() || text(shown).contains("epoch 2"));
            keyboard.write(CONTROL_C);
            keyboard.flush();
            assertThat(terminal.waitFor(60, TimeUnit.SECONDS)).as(text(shown)).isTrue();

            assertThat(terminal.exitValue()).as(text(shown)).isZero();
            assertThat(text(shown)).contains("Training", "saving the best so far", "stopped.onnx");
            assertThat(model).isNotEmptyFile();
        } finally {
            // Killing script alone would leave the training behind, for hours.
            terminal.descendants().forEach(ProcessHandle::destroyForcibly);
            terminal.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }
}
