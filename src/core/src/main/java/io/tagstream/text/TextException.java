package io.tagstream.text;

import java.io.IOException;

/** A file of text cannot be read. The message is one sentence: the file, the line where there is one, what is wrong, what to do. */
public final class TextException extends IOException {
    /** The line of a problem that concerns the whole file. */
    public static final int WHOLE_FILE = 0;

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;

    TextException(String file, int line, String problem) {
        super(file + (line == WHOLE_FILE ? "" : ", line " + line) + ": " + problem);
        this.line = line;
        this.problem = problem;
    }

    /** Counted from 1, or {@link #WHOLE_FILE}. */
    public int line() {
        return line;
    }

    /** What is wrong, and what to do, without the file and the line. */
    public String problem() {
        return problem;
    }
}
