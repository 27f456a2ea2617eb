package io.tagstream.data;

import io.tagstream.text.TextFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The lines of a corpus. Those up to the first word can be looked at before they are read, to tell the format. */
final class CorpusLines {
    private final TextFile text;
    private final Deque<String> seen = new ArrayDeque<>();

    CorpusLines(TextFile text) {
        this.text = text;
    }

    /** The next line, or null at the end. */
    @Nullable
    String next() throws IOException {
        String line = seen.poll();
        return line != null ? line : text.line();
    }

    /** The first line that is neither blank nor a comment, or null; it is still to be read, as all before it are. */
    @Nullable
    String firstWord() throws IOException {
        String line = text.line();
        while (line != null) {
            seen.add(line);
            if (!line.isBlank() && !line.startsWith("#")) {
                return line;
            }
            line = text.line();
        }
        return null;
    }
}
