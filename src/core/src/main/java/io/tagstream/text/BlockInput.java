package io.tagstream.text;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipException;

/**
 * Bytes read in blocks, the next of which can be looked at before they are read. It never seeks, so it reads pipes too. Every failure is
 * a {@link TextException}.
 */
final class BlockInput extends InputStream {
    private static final int SIZE = 1 << 16;

    private final InputStream in;
    private final String name;
    private final byte[] block = new byte[SIZE];
    private int next;
    private int end;
    /** A terminal would wait for a second Ctrl-D if it were read again. */
    private boolean ended;

    /** @param name what the file is called in errors */
    BlockInput(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    /**
     * Waits until some bytes are there.
     *
     * @return how many there are now: fewer than wanted at the end of the file only
     */
    int await(int wanted) throws TextException {
        if (wanted > end - next && next > 0) {
            System.arraycopy(block, next, block, 0, end - next);
            end -= next;
            next = 0;
        }
        while (!ended && end - next < wanted) {
            int read = readSome();
            ended = read < 0;
            end += Math.max(0, read);
        }
        return end - next;
    }

    private int readSome() throws TextException {
        try {
            return in.read(block, end, SIZE - end);
        } catch (TextException e) {
            throw e;
        } catch (EOFException e) {
            throw problem("its gzip data breaks off: is the copy complete?");
        } catch (ZipException e) {
            throw problem("its gzip data is damaged (" + e.getMessage() + "): copy it again");
        } catch (IOException e) {
            throw problem("it cannot be read: " + e.getMessage());
        }
    }

    private TextException problem(String what) {
        return new TextException(name, TextException.WHOLE_FILE, what);
    }

    /** One of the bytes that were waited for, without taking it. */
    byte peek(int index) {
        return block[next + index];
    }

    /** Takes bytes that were waited for. */
    void copyAwaited(int count, ByteArrayOutputStream to) {
        to.write(block, next, count);
        next += count;
    }

    void skipAwaited(int count) {
        next += count;
    }

    /** Whether there is a byte that nobody needs to wait for. */
    boolean ready() throws IOException {
        return next < end || in.available() > 0;
    }

    @Override
    public int read() throws IOException {
        return await(1) == 0 ? -1 : block[next++] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (await(1) == 0) {
            return -1;
        }
        int count = Math.min(length, end - next);
        System.arraycopy(block, next, bytes, offset, count);
        next += count;
        return count;
    }

    /** Waits, because gzip's reader takes 0 for the end of the file, and a pipe would lose what comes after a part. */
    @Override
    public int available() throws IOException {
        return await(1);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
