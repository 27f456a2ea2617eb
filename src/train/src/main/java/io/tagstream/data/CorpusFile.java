package io.tagstream.data;

import io.tagstream.text.TextException;
import io.tagstream.text.TextFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A corpus as text, read once so that it may be a pipe, and what to say where it cannot be read. */
final class CorpusFile {
    private CorpusFile() {}

    /** Makes something of a file's text. */
    interface Parser<T> {
        T parse(CorpusLines lines) throws IOException;
    }

    /** @throws CorpusException if the file cannot be read or is not UTF-8 */
    static <T> T read(Path file, Parser<T> parser) {
        try (TextFile text = TextFile.open(file)) {
            return parser.parse(new CorpusLines(text));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** The same of text from elsewhere, which stays open. */
    static <T> T read(InputStream in, Path name, Parser<T> parser) {
        try {
            return parser.parse(new CorpusLines(TextFile.of(in, name.toString())));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static CorpusException unreadable(Path file, IOException e) {
        return e instanceof TextException text
                ? new CorpusException(file, text.line(), text.problem())
                : new CorpusException(file, CorpusException.WHOLE_FILE, "it cannot be read: " + e.getMessage());
    }
}
