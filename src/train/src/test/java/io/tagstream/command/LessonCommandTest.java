package io.tagstream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import io.tagstream.terminal.ExitCode;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class LessonCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldWriteOnePageThatNeedsNothingElse() throws Exception {
        Path page = folder.resolve("lesson.html");

        Console console = Console.capture(() -> Main.run("lesson", "--quick", "--out", page.toString()));

        assertThat(console.err()).contains("1 of 5", "5 of 5");
        assertThat(console.exitCode()).isZero();
        assertThat(console.out()).isEqualTo(page + System.lineSeparator());
        String html = Files.readString(page);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
        assertThat(html)
                .contains("Remember the first", "I work at apple", "Mulchan", "girlfriend", "P(PROPN)", "forget gate")
                .doesNotContain("http://", "https://", "<script");
        assertThat(html.split("<figure>", -1)).hasSizeGreaterThan(12);
    }

    @Test
    void shouldSayAtOnceWhereItCannotWrite() {
        Console console = Console.capture(() -> Main.run("lesson", "--out", folder.toString()));

        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("cannot be written");
    }
}
