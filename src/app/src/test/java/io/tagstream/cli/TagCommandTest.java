package io.tagstream.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.fixture.Console;
import io.tagstream.terminal.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the shipped model. */
class TagCommandTest {
    @Test
    void shouldPrintATokenALineAndAnEmptyLineBetweenSentences() {
        Console console = tag("I don't eat it.\n\nHe works.\n");
        assertThat(console.exitCode()).isZero();
        assertThat(console.err()).isEmpty();
        List<String> lines = console.out().lines().toList();
        assertThat(lines).filteredOn(String::isEmpty).hasSize(1);
        assertThat(lines.stream().map(line -> line.split("\t", -1)[0]))
                .containsExactly("I", "do", "n't", "eat", "it", ".", "", "He", "works", ".");
        assertThat(lines)
                .filteredOn(line -> !line.isEmpty())
                .allMatch(line -> line.matches("\\S+\t[A-Z]+\t\\S+\t[01]\\.\\d{4}"));
    }

    @Test
    void shouldGiveOneTaggedSentenceALineAsJson() throws JsonProcessingException {
        List<JsonNode> sentences = json(tag("I eat apple.\n\nHe works 🙂\n", "--json"));
        assertThat(sentences).hasSize(3);
        assertThat(sentences.get(0).get("tokens")).hasSize(4);
        assertThat(sentences.get(1).get("tokens")).isEmpty();
        assertThat(sentences.get(2).get("sequence").asLong()).isEqualTo(3);
        JsonNode last = sentences.get(2).get("tokens").get(2);
        assertThat(last.get("form").asText()).isEqualTo("🙂");
        assertThat(last.get("start").asInt()).isEqualTo(9);
        assertThat(last.get("end").asInt()).isEqualTo(11);
        assertThat(last.get("tags").get("xpos").asText()).isNotEmpty();
    }

    @Test
    void shouldCarryTheStateOverLinesOnlyWhenTheyAreOneDocument() throws JsonProcessingException {
        String twice = "I eat apple.\nI eat apple.\n";
        List<JsonNode> apart = json(tag(twice, "--json"));
        assertThat(digest(apart.get(1))).isEqualTo(digest(apart.get(0)));
        List<JsonNode> document = json(tag(twice, "--json", "--document"));
        assertThat(digest(document.get(0))).isEqualTo(digest(apart.get(0)));
        assertThat(digest(document.get(1))).isNotEqualTo(digest(document.get(0)));
    }

    @Test
    void shouldLeaveOutALineThatIsNotUtf8SayWhichAndGoOn() {
        byte[] input = "One.\n?\nTwo.\n".getBytes(UTF_8);
        input[5] = (byte) 0xff;
        Console console = Console.capture(input, () -> Main.run("tag"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(console.err()).contains("line 2").contains("UTF-8");
        assertThat(console.out()).contains("One\t").contains("Two\t");
    }

    @Test
    void shouldCountWithoutGapsWhatComesOut() throws JsonProcessingException {
        byte[] input = "One.\n?\nTwo.\n".getBytes(UTF_8);
        input[5] = (byte) 0xff;
        List<JsonNode> sentences = json(Console.capture(input, () -> Main.run("tag", "--json")));
        assertThat(sentences)
                .extracting(sentence -> sentence.get("sequence").asInt())
                .containsExactly(1, 2);
    }

    @Test
    void shouldLeaveOutALineOfTooManyTokens() {
        Console console = tag("a ".repeat(10_001) + "\nOne.\n");
        assertThat(console.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(console.err()).contains("line 1").contains("10001 tokens");
        assertThat(console.out()).startsWith("One\t");
    }

    @Test
    void shouldPassOverAByteOrderMark() {
        assertThat(tag("\uFEFFGo.\n").out()).startsWith("Go\t");
    }

    @Test
    void shouldNameUtf16() {
        Console console = Console.capture("Go.\nOn.\n".getBytes(UTF_16LE), () -> Main.run("tag"));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("standard input", "UTF-16");
        assertThat(console.err().lines()).hasSize(1);
    }

    /** It failed with "Illegal seek". */
    @Test
    void shouldReadAPipe(@TempDir Path directory) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder("sh", "-c", "printf 'I eat.\\nI work.\\n' > '" + pipe + "'").start();
        Console console = Console.capture(() -> Main.run("tag", pipe.toString()));
        assertThat(writer.waitFor()).isZero();
        assertThat(console.exitCode()).as(console.err()).isZero();
        assertThat(console.out()).contains("eat\t", "work\t");
        assertThat(Console.capture("I eat.".getBytes(UTF_8), () -> Main.run("tag", "/dev/stdin"))
                        .out())
                .contains("eat\t");
    }

    /** As {@code tag big.txt | head -1} makes it. */
    @Test
    void shouldEndWhenNobodyReadsItsOutput() {
        PrintStream before = System.out;
        AtomicInteger writes = new AtomicInteger();
        System.setOut(new PrintStream(new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                writes.incrementAndGet();
                throw new IOException("Broken pipe");
            }
        }));
        // An endless text: without an end of the command the test would not end.
        InputStream in = System.in;
        System.setIn(new InputStream() {
            private final byte[] line = "I eat apple.\n".getBytes(UTF_8);
            private int next;

            @Override
            public int read() {
                return line[next++ % line.length];
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                for (int i = 0; i < length; i++) {
                    bytes[offset + i] = (byte) read();
                }
                return length;
            }

            @Override
            public int available() {
                return line.length;
            }
        });
        try {
            assertThat(Main.run("tag")).isZero();
            assertThat(writes).hasValueGreaterThan(0);
        } finally {
            System.setOut(before);
            System.setIn(in);
        }
    }

    @Test
    void shouldTagNothingFromNothing() {
        assertThat(tag("").out()).isEmpty();
    }

    private static Console tag(String input, String... flags) {
        List<String> arguments = new ArrayList<>(List.of("tag"));
        arguments.addAll(List.of(flags));
        return Console.capture(input.getBytes(UTF_8), () -> Main.run(arguments.toArray(String[]::new)));
    }

    private static List<JsonNode> json(Console console) throws JsonProcessingException {
        List<JsonNode> sentences = new ArrayList<>();
        for (String line : console.out().lines().toList()) {
            sentences.add(new ObjectMapper().readTree(line));
        }
        return sentences;
    }

    private static String digest(JsonNode sentence) {
        String digest = sentence.get("state_digest").textValue();
        assertThat(digest).matches("[0-9a-f]{16}");
        return digest;
    }
}
