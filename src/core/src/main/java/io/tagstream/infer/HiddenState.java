package io.tagstream.infer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tagstream.model.Cell;
import io.tagstream.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * The memory of a stream: h and c of the forward layers, each {@code [layers, 1, hidden]} flattened; c is empty for a plain RNN.
 * The arrays belong to the state and are never written after it is made. Equal states have the same bits.
 */
public record HiddenState(float[] h, float[] c) {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(ISO_8859_1);

    /** The state before the first token: all zero. */
    public static HiddenState zero(ModelContract contract) {
        return new HiddenState(
                new float[contract.stateSize()], new float[contract.cell() == Cell.LSTM ? contract.stateSize() : 0]);
    }

    /**
     * A hash that two runs can be compared by: CRC-32C (high 32 bits) and CRC-32 (low 32 bits) of h and then c as little-endian
     * IEEE 754 bits, as 16 hexadecimal digits in lower case (a number of 64 bits loses digits in JavaScript).
     */
    public String digest() {
        ByteBuffer bytes =
                ByteBuffer.allocate((h.length + c.length) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(h).put(c);
        CRC32C high = new CRC32C();
        high.update(bytes.array());
        CRC32 low = new CRC32();
        low.update(bytes.array());
        return hex(high.getValue() << 32 | low.getValue());
    }

    private static String hex(long value) {
        byte[] digits = new byte[Long.SIZE / 4];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = DIGITS[(int) (value >>> (Long.SIZE - 4 * (i + 1))) & 0xF];
        }
        return new String(digits, ISO_8859_1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HiddenState that && Arrays.equals(h, that.h) && Arrays.equals(c, that.c);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(h) + Arrays.hashCode(c);
    }

    @Override
    public String toString() {
        return "HiddenState[" + h.length + " + " + c.length + " floats, digest " + digest() + "]";
    }
}
