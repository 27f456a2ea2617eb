package io.tagstream.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTextTest {
    @TempDir
    private Path folder;

    /** A case of a user's: the first stream had the mark in its name. */
    @Test
    void shouldPassOverAByteOrderMark() throws IOException {
        Path file = Files.writeString(folder.resolve("demo.tsv"), "\uFEFFchat\tI eat.\nlog\tIt works.\n");

        DemoText text = DemoText.read(file);

        assertThat(text.lines())
                .extracting(line -> new String(line.stream(), UTF_8))
                .containsExactly("chat", "log");
    }
}
