package io.tagstream.text;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file of text as everything in Tagstream reads it: UTF-8, plain or gzipped, with or without a byte order mark, a regular file or a
 * pipe. It is read once from its beginning to its end, without seeking, and nothing is read before it is open or after it is closed.
 * What is not UTF-8, breaks off or has too long a line is a {@link TextException} that names the file and the line.
 *
 * <p>Read it by one of {@link #line}, {@link #bytes}, {@link #text} and {@link #stream}. For one thread.
 */
public final class TextFile implements Closeable {
    /** The longest line, and the longest text in one piece, in bytes. */
    public static final int LONGEST = 16 << 20;

    private static final Set<String> STANDARD_INPUT = Set.of("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
    private static final String CONVERT = "convert it to UTF-8 first (iconv -f ";
    /** Bytes that are looked at together; a line of fewer shows no encoding. */
    private static final int LOOK = 4096;

    private final String name;
    private final BlockInput in;
    private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
    private int line;
    private boolean encodingSeen;
    /** Whether a line feed that comes next belongs to the line before. */
    private boolean afterReturn;

    private TextFile(String name, BlockInput in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a file. Standard input may be named as a file is ({@code /dev/stdin}).
     *
     * @throws TextException if it cannot be read, or is not UTF-8 by its first bytes
     */
    public static TextFile open(Path file) throws TextException {
        if (STANDARD_INPUT.contains(file.toString())) {
            return of(System.in, "standard input");
        }
        String name = file.toString();
        if (Files.notExists(file)) {
            throw new TextException(name, TextException.WHOLE_FILE, "there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new TextException(name, TextException.WHOLE_FILE, "it is a directory, expected a file");
        }
        InputStream in;
        try {
            // Files.newInputStream seeks to tell what is available, which a pipe cannot do.
            in = new FileInputStream(file.toFile());
        } catch (IOException e) {
            throw new TextException(name, TextException.WHOLE_FILE, "it cannot be opened: check its permissions");
        }
        try {
            return of(in, name);
        } catch (TextException e) {
            closeQuietly(in);
            throw e;
        }
    }

    private static void closeQuietly(InputStream in) {
        try {
            in.close();
        } catch (IOException e) {
            // Nothing was written to it, and the problem before is the one to tell.
        }
    }

    /**
     * Text from elsewhere; closed with this.
     *
     * @param name what it is called in errors
     * @throws TextException if it cannot be read, or is not UTF-8 by its first bytes
     */
    public static TextFile of(InputStream in, String name) throws TextException {
        BlockInput raw = new BlockInput(in, name);
        boolean packed = raw.await(1) > 0 && raw.peek(0) == 0x1f && raw.await(2) > 1 && raw.peek(1) == (byte) 0x8b;
        TextFile file = new TextFile(name, packed ? unpacked(raw, name) : raw);
        file.checkStart();
        return file;
    }

    private static BlockInput unpacked(BlockInput raw, String name) throws TextException {
        try {
            return new BlockInput(new GZIPInputStream(raw), name);
        } catch (EOFException e) {
            throw new TextException(name, TextException.WHOLE_FILE, "its gzip data breaks off: is the copy complete?");
        } catch (TextException e) {
            throw e;
        } catch (IOException e) {
            throw new TextException(
                    name, TextException.WHOLE_FILE, "its gzip data is damaged (" + e.getMessage() + ")");
        }
    }

    private void checkStart() throws TextException {
        int there = in.await(1);
        if (there == 0) {
            return;
        }
        int first = in.peek(0) & 0xff;
        if (first == 0 || first >= 0xef || (there > 1 && in.peek(1) == 0)) {
            there = in.await(Encodings.LONGEST_MARK);
        }
        byte[] start = new byte[Math.min(there, LOOK)];
        for (int i = 0; i < start.length; i++) {
            start[i] = in.peek(i);
        }
        String other = Encodings.otherMark(start, start.length);
        if (other != null) {
            throw new TextException(
                    name,
                    TextException.WHOLE_FILE,
                    "it is in " + other + " by its byte order mark: " + CONVERT + other + " -t UTF-8)");
        }
        in.skipAwaited(Encodings.utf8Mark(start, start.length));
        if (start.length >= Encodings.LONGEST_MARK) {
            checkNuls(start, TextException.WHOLE_FILE);
        }
    }

    private void checkNuls(byte[] bytes, int where) throws TextException {
        String other = Encodings.byNuls(bytes, bytes.length);
        if (other != null) {
            String iconv = other + (bytes[0] == 0 ? "BE" : "LE");
            throw new TextException(
                    name,
                    where,
                    "it seems to be in " + other + ", by the NULs in it: " + CONVERT + iconv + " -t UTF-8)");
        }
    }

    /** What the file is called in errors. */
    public String name() {
        return name;
    }

    /** The number of the line that was read last, counted from 1. */
    public int lineNumber() {
        return line;
    }

    /** Whether more may be had without waiting for it. */
    public boolean ready() throws IOException {
        return in.ready();
    }

    /** The next byte, not taken, or -1 at the end. */
    public int peek() throws TextException {
        return in.await(1) == 0 ? -1 : in.peek(0) & 0xff;
    }

    /**
     * The next line without its line break (line feed, carriage return or both), or null at the end.
     *
     * @throws TextException if it cannot be read, is not UTF-8 or is too long
     */
    public @Nullable String line() throws TextException {
        byte[] bytes = next(true);
        if (bytes == null) {
            return null;
        }
        String text = Encodings.decode(bytes);
        if (text == null) {
            throw notUtf8(bytes, line, 0);
        }
        return text;
    }

    /**
     * The next line without its line break (a line feed, with or without a carriage return before), or null at the end. It may hold
     * bytes that are not UTF-8, see {@link #utf8}: for who leaves out such a line and goes on.
     *
     * @throws TextException if it cannot be read or is too long
     */
    public byte @Nullable [] bytes() throws TextException {
        byte[] bytes = next(false);
        return bytes != null && bytes.length > 0 && bytes[bytes.length - 1] == '\r'
                ? Arrays.copyOf(bytes, bytes.length - 1)
                : bytes;
    }

    /** The text of a line, or null if it is not UTF-8. */
    public static @Nullable String utf8(byte[] line) {
        return Encodings.decode(line);
    }

    private byte @Nullable [] next(boolean returnEnds) throws TextException {
        collected.reset();
        try {
            if (afterReturn && peek() == '\n') {
                in.skipAwaited(1);
            }
            afterReturn = false;
            if (peek() < 0) {
                return null;
            }
            line++;
            collectLine(returnEnds);
        } catch (TextException e) {
            throw line == 0 || e.line() != TextException.WHOLE_FILE ? e : new TextException(name, line, e.problem());
        }
        byte[] bytes = collected.toByteArray();
        if (!encodingSeen && bytes.length >= Encodings.LONGEST_MARK) {
            checkNuls(bytes, line);
            encodingSeen = true;
        }
        return bytes;
    }

    private void collectLine(boolean returnEnds) throws TextException {
        for (int there = in.await(1); there > 0; there = in.await(1)) {
            for (int i = 0; i < there; i++) {
                byte next = in.peek(i);
                if (next == '\n' || (returnEnds && next == '\r')) {
                    afterReturn = next == '\r';
                    take(i);
                    in.skipAwaited(1);
                    return;
                }
            }
            take(there);
        }
    }

    private void take(int count) throws TextException {
        if (collected.size() + count > LONGEST) {
            throw new TextException(
                    name, TextException.WHOLE_FILE, "it is longer than " + LONGEST + " bytes: is it a file of text?");
        }
        in.copyAwaited(count, collected);
    }

    /**
     * All that is left.
     *
     * @throws TextException if it cannot be read, is not UTF-8 or is too long
     */
    public String text() throws TextException {
        collected.reset();
        for (int there = in.await(1); there > 0; there = in.await(1)) {
            take(there);
        }
        byte[] bytes = collected.toByteArray();
        String text = Encodings.decode(bytes);
        if (text == null) {
            int wrong = Encodings.firstWrong(bytes);
            int lines = 1;
            int start = 0;
            for (int i = 0; i < wrong; i++) {
                if (bytes[i] == '\n') {
                    lines++;
                    start = i + 1;
                }
            }
            throw notUtf8(bytes, lines, start);
        }
        return text;
    }

    private TextException notUtf8(byte[] bytes, int where, int start) {
        int wrong = Encodings.firstWrong(bytes);
        return new TextException(
                name,
                where,
                String.format(
                        Locale.ROOT,
                        "it is not UTF-8 (byte %d of the line is 0x%02x): %sISO-8859-1 -t UTF-8, for Latin-1)",
                        wrong - start + 1,
                        bytes[wrong],
                        CONVERT));
    }

    /** All that is left as bytes, for a reader that checks them itself; its failures are {@link TextException}s. */
    public InputStream stream() {
        return in;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
