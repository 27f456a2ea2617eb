package io.tagstream.terminal;

import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes at its end: whether that can be done is said at once, not after the work. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Looks whether a file can be written.
     *
     * @param what it is, with the article: {@code the model file}
     * @param instead what the user is to do: {@code give --out} or {@code name}
     * @throws CommandException if not
     */
    public static void require(Path file, String what, String instead) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw CommandException.usage(what + " " + file + " cannot be written: " + instead
                    + " a file in a folder that exists and can be written");
        }
    }
}
