package io.tagstream.cli;

/** What the process says when it ends. */
final class ExitCode {
    /** Done, or stopped as asked by SIGTERM or Ctrl-C. */
    static final int OK = 0;
    /** It failed while running: the stream died, a broker stayed away, some input could not be tagged. */
    static final int FAILED = 1;
    /** It did not start: a wrong flag or setting, an unusable model, corpus or file. */
    static final int USAGE = 2;
    /** Ctrl-C or SIGTERM ended what gives nothing unless it is finished. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
