package io.tagstream.cli;

import io.tagstream.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lines that a demo feeds, in their order. */
record DemoText(List<Line> lines) {
    private static final String SHIPPED = "/demo/streams.tsv";
    private static final byte[] ONE_STREAM = "input".getBytes(StandardCharsets.UTF_8);

    /** A record to send: key and value as the file has them, UTF-8 or not. */
    record Line(byte[] stream, byte[] sentence) {}

    DemoText {
        lines = List.copyOf(lines);
    }

    /** The text that comes with the demo. */
    static DemoText shipped() throws IOException {
        try (InputStream in = DemoText.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw CommandException.usage(
                        "this build holds no text for the demo: build it again, or give one with --input");
            }
            return read(TextFile.of(in, SHIPPED));
        }
    }

    /** A file of the user's, or standard input. */
    static DemoText read(@Nullable Path file) throws IOException {
        if (file == null) {
            return read(TextFile.of(System.in, "standard input"));
        }
        return read(TextFile.open(file));
    }

    private static DemoText read(TextFile text) throws IOException {
        List<Line> lines = new ArrayList<>();
        try (text) {
            for (byte[] line = text.bytes(); line != null; line = text.bytes()) {
                Line split = split(line);
                if (!blank(split.sentence)) {
                    lines.add(split);
                }
            }
        }
        if (lines.isEmpty()) {
            throw CommandException.usage(text.name() + " holds no sentence: give a sentence a line");
        }
        return new DemoText(lines);
    }

    private static Line split(byte[] line) {
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\t') {
                return new Line(Arrays.copyOf(line, i), Arrays.copyOfRange(line, i + 1, line.length));
            }
        }
        return new Line(ONE_STREAM, line);
    }

    private static boolean blank(byte[] sentence) {
        for (byte character : sentence) {
            if (character != ' ' && character != '\t') {
                return false;
            }
        }
        return true;
    }
}
