package io.tagstream.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import io.tagstream.terminal.CommandException;
import io.tagstream.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoTextTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldReadStreamsAndSentences() throws IOException {
        DemoText text = read("chat\tI eat apples.\n\n  \nAlone.\r\n");

        assertThat(shown(text)).containsExactly("chat: I eat apples.", "input: Alone.");
        assertThat(text.streams()).containsExactly("chat", "input");
        assertThat(text.introduction()).isEqualTo("2 sentences of 2 text streams.");
    }

    @Test
    void shouldNotTakeAByteOrderMarkForPartOfTheFirstName() throws IOException {
        assertThat(read("\ufeffchat-1\tI eat apples.\nchat-1\tThey are good.").streams())
                .containsExactly("chat-1");
    }

    @Test
    void shouldKeepAnEmptySentenceOfAStream() throws IOException {
        assertThat(shown(read("chat\tHello.\nchat\t\nchat\tBye.\n")))
                .containsExactly("chat: Hello.", "chat: ", "chat: Bye.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n \n", "\ufeff", "\ufeff\n"})
    void shouldRefuseAnEmptyFile(String content) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith(
                        "demo.tsv is empty: write one sentence per line, or the stream's id, a tab and the sentence");
    }

    @Test
    void shouldRefuseAFileOfEmptySentencesAlone() {
        assertThatThrownBy(() -> read("chat\t\nchat\t  \n"))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("demo.tsv has no sentence: after the tab of each of its lines there is nothing");
    }

    @Test
    void shouldSayThatADirectoryIsNoFile() {
        Console console = Console.capture(() -> Main.run("demo", "--input", directory.toString()));

        assertThat(console.exitCode()).isEqualTo(2);
        assertThat(console.out()).isEmpty();
        assertThat(console.err()).isEqualTo("tagstream: " + directory + ": it is a directory, expected a file\n");
    }

    @Test
    void shouldSayThatThereIsNoSuchFile() {
        Path missing = directory.resolve("missing.tsv");
        Console console = Console.capture(() -> Main.run("demo", "--input", missing.toString()));

        assertThat(console.exitCode()).isEqualTo(2);
        assertThat(console.err()).contains(missing.toString()).hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
    void shouldRefuseARateThatIsNone(String rate) {
        Console console = Console.capture(() -> Main.run("demo", "--rate", rate));

        assertThat(console.exitCode()).isEqualTo(2);
        assertThat(console.err()).startsWith("tagstream: --rate must be more than 0 sentences per second, got ");
    }

    @Test
    void shouldShipSentencesOfWhichSomeOfOneStreamAreNoUtf8() throws IOException {
        DemoText text = DemoText.shipped();

        List<DemoText.Line> wrong = text.lines().stream()
                .filter(line -> TextFile.utf8(line.sentence()) == null)
                .toList();
        assertThat(wrong)
                .hasSize(2)
                .allSatisfy(line -> assertThat(DemoText.shown(line.stream())).isEqualTo("old-till"));
        assertThat(text.introduction()).contains("old-till", "dead letters");
        // The start and the end take some 4 s more.
        assertThat(text.lines().size() / Demo.READABLE_RATE).isBetween(12.0, 18.0);
    }

    @Test
    void shouldShowANameThatIsNoTextInHexadecimalDigits() {
        assertThat(DemoText.shown("ümlaut".getBytes(UTF_8))).isEqualTo("ümlaut");
        assertThat(DemoText.shown(new byte[] {0, (byte) 0xff})).isEqualTo("0x00ff");
    }

    private DemoText read(String content) throws IOException {
        return DemoText.read(Files.writeString(directory.resolve("demo.tsv"), content));
    }

    private static List<String> shown(DemoText text) {
        return text.lines().stream()
                .map(line -> DemoText.shown(line.stream()) + ": " + new String(line.sentence(), UTF_8))
                .toList();
    }
}
