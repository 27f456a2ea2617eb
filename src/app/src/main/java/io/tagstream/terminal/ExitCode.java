package io.tagstream.terminal;

/** What the process says when it ends. */
public final class ExitCode {
    /** Done, or stopped as asked by SIGTERM or Ctrl-C. */
    public static final int OK = 0;
    /** It failed while running: the stream died, a broker stayed away, some input could not be tagged. */
    public static final int FAILED = 1;
    /** It did not start: a wrong flag or setting, an unusable model, corpus or file. */
    public static final int USAGE = 2;
    /** Ctrl-C or SIGTERM ended what gives nothing unless it is finished. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
