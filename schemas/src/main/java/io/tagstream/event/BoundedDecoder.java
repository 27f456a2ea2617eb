package io.tagstream.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro's binary encoding from an array, and trusts nothing in it: no length or count is believed that the bytes left
 * cannot hold, so that memory stays within a small multiple of the payload; strings are strict UTF-8; a boolean is 0 or 1.
 * (Avro's own decoder allocates what a length says and replaces malformed UTF-8 in silence.) An array of items that take no
 * bytes at all (nulls) is thereby refused; no schema of ours has one.
 */
@NullMarked
final class BoundedDecoder extends Decoder {
    /** What is wrong with the bytes; the message never quotes them. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        private MalformedException(String message, int position) {
            super(message + " (at byte " + position + ")");
        }
    }

    private final byte[] bytes;
    private int position;

    BoundedDecoder(byte[] bytes, int offset) {
        this.bytes = bytes;
        this.position = offset;
    }

    /** The number of bytes that are left. */
    int remaining() {
        return bytes.length - position;
    }

    // Not remainingBytes() of the superclass: by it Avro makes checks of its own, with messages of its own.

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() throws IOException {
        int value = bytes[take(1)];
        if ((value & ~1) != 0) {
            throw malformed("a boolean is neither 0 nor 1");
        }
        return value == 1;
    }

    @Override
    public int readInt() throws IOException {
        long value = readLong();
        if (value != (int) value) {
            throw malformed("an int does not fit 32 bits");
        }
        return (int) value;
    }

    @Override
    public long readLong() throws IOException {
        long zigzag = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[take(1)];
            zigzag |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw malformed("a number takes more than ten bytes");
    }

    @Override
    public float readFloat() throws IOException {
        return Float.intBitsToFloat((int) littleEndian(Float.BYTES));
    }

    @Override
    public double readDouble() throws IOException {
        return Double.longBitsToDouble(littleEndian(Double.BYTES));
    }

    private long littleEndian(int width) throws IOException {
        int start = take(width);
        long value = 0;
        for (int i = width - 1; i >= 0; i--) {
            value = (value << Byte.SIZE) | (bytes[start + i] & 0xff);
        }
        return value;
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(readString());
    }

    @Override
    public String readString() throws IOException {
        int length = length("a string");
        int start = take(length);
        try {
            return StrictUtf8.decode(bytes, start, length);
        } catch (CharacterCodingException e) {
            throw new MalformedException("a string is not UTF-8", start);
        }
    }

    @Override
    public void skipString() throws IOException {
        take(length("a string"));
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        int length = length("a byte string");
        return ByteBuffer.wrap(bytes, take(length), length).slice();
    }

    @Override
    public void skipBytes() throws IOException {
        take(length("a byte string"));
    }

    @Override
    public void readFixed(byte[] target, int start, int length) throws IOException {
        System.arraycopy(bytes, take(length), target, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        take(length);
    }

    @Override
    public int readEnum() throws IOException {
        return readInt();
    }

    @Override
    public int readIndex() throws IOException {
        return readInt();
    }

    @Override
    public long readArrayStart() throws IOException {
        return itemCount();
    }

    @Override
    public long arrayNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipArray() throws IOException {
        return skipSizedBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return itemCount();
    }

    @Override
    public long mapNext() throws IOException {
        return itemCount();
    }

    @Override
    public long skipMap() throws IOException {
        return skipSizedBlocks();
    }

    /** The count of a block; a negative one is followed by the block's size in bytes, which only skipping needs. */
    private long itemCount() throws IOException {
        long count = readLong();
        if (count < 0) {
            length("a block");
            count = -count;
        }
        return checkedCount(count);
    }

    private long skipSizedBlocks() throws IOException {
        long count = readLong();
        while (count < 0) {
            take(length("a block"));
            count = readLong();
        }
        return checkedCount(count);
    }

    private long checkedCount(long count) throws IOException {
        if (count < 0 || count > remaining()) { // below 0: the one number without an opposite
            throw malformed("an array or map says it has more items than there are bytes left");
        }
        return count;
    }

    private int length(String what) throws IOException {
        long length = readLong();
        if (length < 0 || length > remaining()) {
            throw malformed(what + " says it is " + length + " bytes long, but " + remaining() + " are left");
        }
        return (int) length;
    }

    /** Moves over so many bytes, and returns where they start. */
    private int take(int count) throws IOException {
        if (count > remaining()) {
            throw malformed("the bytes end too early");
        }
        int start = position;
        position += count;
        return start;
    }

    private MalformedException malformed(String message) {
        return new MalformedException(message, position);
    }
}
