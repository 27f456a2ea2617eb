package io.tagstream.demo;

import io.tagstream.terminal.CommandException;
import io.tagstream.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines that a demo feeds, in their order.
 *
 * @param introduction what they are, in a sentence or two
 */
record DemoText(List<Line> lines, String introduction) {
    private static final String SHIPPED = "/demo/streams.tsv";
    private static final String LATIN_1_STREAM = "old-till";
    private static final byte[] ONE_STREAM = "input".getBytes(StandardCharsets.UTF_8);

    /** A record to send: key and value as the file has them, UTF-8 or not. */
    record Line(byte[] stream, byte[] sentence) {}

    DemoText {
        lines = List.copyOf(lines);
    }

    /**
     * The text that comes with the demo. One of its streams is sent in Latin-1, as an old device would: what of it is not ASCII
     * cannot be read as UTF-8, and becomes dead letters.
     */
    static DemoText shipped() throws IOException {
        try (InputStream in = DemoText.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw CommandException.usage(
                        "this build holds no text for the demo: build it again, or give one with --input");
            }
            DemoText text = read(TextFile.of(in, SHIPPED));
            return new DemoText(
                    text.lines.stream().map(DemoText::asItsDeviceSends).toList(),
                    text.introduction() + " The stream " + LATIN_1_STREAM
                            + " sends some lines in the wrong encoding, on purpose: they become dead letters, and the stream goes on.");
        }
    }

    private static Line asItsDeviceSends(Line line) {
        String sentence = TextFile.utf8(line.sentence);
        return sentence != null && shown(line.stream).equals(LATIN_1_STREAM)
                ? new Line(line.stream, sentence.getBytes(StandardCharsets.ISO_8859_1))
                : line;
    }

    /** A file of the user's, or standard input. */
    static DemoText read(@Nullable Path file) throws IOException {
        return read(file == null ? TextFile.of(System.in, "standard input") : TextFile.open(file));
    }

    /** Blank lines are skipped. A stream without a sentence is an empty sentence, which has no tokens. */
    private static DemoText read(TextFile text) throws IOException {
        List<Line> lines = new ArrayList<>();
        boolean anySentence = false;
        try (text) {
            for (byte[] line = text.bytes(); line != null; line = text.bytes()) {
                Line split = split(line);
                if (!blank(line)) {
                    lines.add(split);
                    anySentence |= !blank(split.sentence);
                }
            }
        }
        if (!anySentence) {
            throw CommandException.usage(text.name()
                    + (lines.isEmpty()
                            ? " is empty"
                            : " has no sentence: after the tab of each of its lines there is nothing")
                    + ": write one sentence per line, or the stream's id, a tab and the sentence");
        }
        return new DemoText(lines, introduction(lines));
    }

    private static String introduction(List<Line> lines) {
        return count(lines.size(), "sentence") + " of " + count(names(lines).size(), "text stream") + ".";
    }

    /** {@code 1 sentence}, {@code 2 sentences}. */
    static String count(int number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }

    /** The names of the streams, in the order in which they begin. */
    Set<String> streams() {
        return names(lines);
    }

    private static Set<String> names(List<Line> lines) {
        Set<String> names = new LinkedHashSet<>();
        lines.forEach(line -> names.add(shown(line.stream)));
        return names;
    }

    /** The name of a stream: text if it is UTF-8, otherwise in hexadecimal digits. */
    static String shown(byte[] stream) {
        String name = TextFile.utf8(stream);
        return name != null ? name : "0x" + HexFormat.of().formatHex(stream);
    }

    private static Line split(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\t') {
                return new Line(Arrays.copyOf(line, i), Arrays.copyOfRange(line, i + 1, line.length));
            }
        }
        return new Line(ONE_STREAM, line);
    }

    /** Whether there is nothing but spaces and tabs. */
    static boolean blank(byte[] sentence) {
        for (byte character : sentence) {
            if (character != ' ' && character != '\t') {
                return false;
            }
        }
        return true;
    }
}
