package io.tagstream.infer;

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
    /** The state before the first token: all zero. */
    public static HiddenState zero(ModelContract contract) {
        return new HiddenState(
                new float[contract.stateSize()], new float[contract.cell() == Cell.LSTM ? contract.stateSize() : 0]);
    }

    /**
     * A hash that two runs can be compared by: CRC-32C (high 32 bits) and CRC-32 (low 32 bits) of h and then c as little-endian
     * IEEE 754 bits.
     */
    public long digest() {
        ByteBuffer bytes =
                ByteBuffer.allocate((h.length + c.length) * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(h).put(c);
        CRC32C high = new CRC32C();
        high.update(bytes.array());
        CRC32 low = new CRC32();
        low.update(bytes.array());
        return high.getValue() << 32 | low.getValue();
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
        return "HiddenState[" + h.length + " + " + c.length + " floats, digest " + Long.toHexString(digest()) + "]";
    }
}
