package io.tagstream.words;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Word vectors cannot be read. The message is one sentence that names the file and what is wrong. */
public final class VectorFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VectorFileException(Path file, String problem, @Nullable Throwable cause) {
        super("vector file " + file + ": " + problem, cause);
    }
}
