package io.tagstream.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of text, and what to say where it cannot be read. */
final class CorpusFile {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private CorpusFile() {}

    /** Makes something of a file's text. */
    interface Parser<T> {
        T parse(BufferedReader text) throws IOException;
    }

    /** @throws CorpusException if the file cannot be read or is not UTF-8 */
    static <T> T read(Path file, Parser<T> parser) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            return parser.parse(reader);
        } catch (NoSuchFileException e) {
            throw new CorpusException(file, CorpusException.WHOLE_FILE, "there is no such file");
        } catch (CharacterCodingException e) {
            throw new CorpusException(file, CorpusException.WHOLE_FILE, "it is not UTF-8; convert it first");
        } catch (IOException e) {
            throw new CorpusException(file, CorpusException.WHOLE_FILE, "it cannot be read: " + e.getMessage());
        }
    }

    /** A line without a byte order mark; only the first of a file has one. */
    static String withoutMark(String line) {
        return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
    }
}
