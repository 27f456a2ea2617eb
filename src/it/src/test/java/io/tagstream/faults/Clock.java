package io.tagstream.faults;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/**
 * The time of day of one process, as somebody sets it: a small library in C that is loaded before the C library's own adds an offset,
 * read from a file at each call. What only counts seconds since the start of the machine is left alone, as it is where an
 * administrator sets a clock.
 */
final class Clock {
    private static final Path SOURCE = Path.of("src/it/src/test/c/clock.c");

    private final Path library;
    private final Path offset;

    private Clock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** Skips the test, with the reason, where there is no C compiler. */
    static Clock compile(Path directory) throws Exception {
        Path library = directory.resolve("clock.so");
        String said;
        int code;
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-O1", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString())
                    .redirectErrorStream(true)
                    .start();
            said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            code = compiler.waitFor();
        } catch (IOException e) {
            said = String.valueOf(e.getMessage());
            code = -1;
        }
        if (code != 0) {
            abort("skipped: no C compiler (cc) to make a clock that can be set: " + said);
        }
        Clock clock = new Clock(library, directory.resolve("clock.offset"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** For the process whose clock it is. */
    Map<String, String> environment() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET_FILE", offset.toString());
    }

    /** Steps the clock to so much after the true time, or before. */
    void set(Duration fromTruth) {
        ByteBuffer seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(0, fromTruth.toSeconds());
        try (FileChannel file = FileChannel.open(offset, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
