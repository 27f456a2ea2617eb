package io.tagstream.data;

import java.nio.file.Path;

/** A corpus cannot be read. The message is one sentence that names the file, the line where there is one, and what to do. */
public final class CorpusException extends RuntimeException {
    /** The line of a problem that concerns the whole file. */
    public static final int WHOLE_FILE = 0;

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;

    /**
     * @param file the corpus
     * @param line the line, counted from 1, or {@link #WHOLE_FILE}
     * @param problem what is wrong, what is expected
     */
    public CorpusException(Path file, int line, String problem) {
        super("corpus " + file + (line == WHOLE_FILE ? "" : ", line " + line) + ": " + problem);
        this.file = file.toString();
        this.line = line;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }
}
