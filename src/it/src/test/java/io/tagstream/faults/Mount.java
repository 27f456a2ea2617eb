package io.tagstream.faults;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A small file system of its own in memory, which can be full and read-only even for root. */
final class Mount implements AutoCloseable {
    private static final String FILLER = "filler";
    private static final int BLOCK = 4 << 10;

    private final Path point;

    private Mount(Path point) {
        this.point = point;
    }

    /** Mounts one at a directory; skips the test, with the reason, where that is not allowed. */
    static Mount tmpfs(Path point, String size) throws IOException {
        String refused = command("mount", "-t", "tmpfs", "-o", "size=" + size, "tagstream-faults", point.toString());
        if (!refused.isEmpty()) {
            abort("skipped: no file system can be mounted here (it takes root): " + refused);
        }
        return new Mount(point);
    }

    void readOnly() throws IOException {
        require(command("mount", "-o", "remount,ro", point.toString()));
    }

    void writable() throws IOException {
        require(command("mount", "-o", "remount,rw", point.toString()));
    }

    /** Not a byte more fits. */
    void fill() throws IOException {
        try (OutputStream filler = Files.newOutputStream(point.resolve(FILLER))) {
            byte[] block = new byte[BLOCK];
            while (true) {
                filler.write(block);
            }
        } catch (IOException e) {
            if (!String.valueOf(e.getMessage()).contains("No space left")) {
                throw e;
            }
        }
    }

    /** There is room again. */
    void empty() throws IOException {
        Files.deleteIfExists(point.resolve(FILLER));
    }

    private static void require(String refused) {
        if (!refused.isEmpty()) {
            throw new IllegalStateException(refused);
        }
    }

    /** What it said where it failed; empty where it did its work. */
    private static String command(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.onExit().join().exitValue();
        return code == 0 ? "" : String.join(" ", command) + " ended with " + code + ": " + said;
    }

    @Override
    public void close() throws IOException {
        // Whoever still has a file open keeps it; the directory is free.
        require(command("umount", "--lazy", point.toString()));
    }
}
