package io.tagstream.terminal;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output for results, buffered: flush it. Knows when its reader has gone ({@code | head -1}), which a print stream over another
 * never learns.
 */
public final class Results extends PrintStream {
    private static final int BUFFER = 1 << 16;

    private final Checked checked;

    private Results(Checked checked) {
        super(new BufferedOutputStream(checked, BUFFER), false, StandardCharsets.UTF_8);
        this.checked = checked;
    }

    /** To what is standard output now. */
    public static Results open() {
        return new Results(new Checked(System.out));
    }

    /** Whether something could not be written. */
    public boolean isBroken() {
        return checked.broken;
    }

    private static final class Checked extends OutputStream {
        private final PrintStream out;
        private boolean broken;

        Checked(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            flush();
        }

        @Override
        public void flush() throws IOException {
            if (out.checkError()) {
                broken = true;
                throw new IOException("standard output is closed");
            }
        }
    }
}
