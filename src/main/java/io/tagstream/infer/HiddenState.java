package io.tagstream.infer;

import io.tagstream.model.Cell;
import io.tagstream.model.ModelContract;

/**
 * The memory of a stream: h and c of the forward layers, each {@code [layers, 1, hidden]} flattened; c is empty for a plain RNN.
 * The arrays belong to the state and are never written after it is made.
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
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate((h.length + c.length) * Float.BYTES)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(h).put(c);
        java.util.zip.CRC32C high = new java.util.zip.CRC32C();
        high.update(bytes.array());
        java.util.zip.CRC32 low = new java.util.zip.CRC32();
        low.update(bytes.array());
        return high.getValue() << 32 | low.getValue();
    }
}
