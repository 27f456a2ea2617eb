package io.tagstream.infer;

import io.tagstream.infer.UnusableStateException.Reason;
import io.tagstream.model.Cell;
import io.tagstream.model.ModelContract;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * A stream's state as bytes, for one model. All numbers are little-endian:
 *
 * <pre>
 *  offset  bytes  what
 *       0      1  format version, 1
 *       1      8  model fingerprint, in the order of its hexadecimal digits
 *       9      8  sequence
 *      17      8  tokens seen
 *      25      8  time of the last event, milliseconds since 1970
 *      33      4  number of floats in h
 *      37      4  number of floats in c, 0 for a plain RNN
 *      41    4 n  h and then c, IEEE 754 single precision
 *  41+4 n      4  CRC-32C of all bytes before it
 * </pre>
 *
 * Floats are kept as they are, bit for bit. Immutable, for any thread.
 */
public final class StreamStateCodec {
    private static final byte FORMAT_VERSION = 1;
    private static final int FINGERPRINT_AT = 1;
    private static final int FINGERPRINT_LENGTH = 8;
    private static final int LAST_EVENT_TIME_AT = 25;
    private static final int FLOATS_AT = 41;
    private static final int CHECKSUM_LENGTH = 4;

    private final String fingerprint;
    private final int sizeOfH;
    private final int sizeOfC;

    /** A codec for the states of an opened model. */
    public StreamStateCodec(TaggerModel model) {
        this(model.fingerprint(), model.contract());
    }

    /** @param fingerprint 16 hexadecimal digits */
    public StreamStateCodec(String fingerprint, ModelContract contract) {
        if (HexFormat.of().parseHex(fingerprint).length != FINGERPRINT_LENGTH) {
            throw new IllegalArgumentException("'" + fingerprint + "' is no fingerprint of 16 hexadecimal digits");
        }
        this.fingerprint = fingerprint;
        this.sizeOfH = contract.stateSize();
        this.sizeOfC = contract.cell() == Cell.LSTM ? contract.stateSize() : 0;
    }

    /** @throws IllegalArgumentException if the state is not one of this codec's model */
    public byte[] encode(StreamState state) {
        HiddenState hidden = state.hidden();
        if (!state.fingerprint().equals(fingerprint) || hidden.h().length != sizeOfH || hidden.c().length != sizeOfC) {
            throw new IllegalArgumentException(
                    "a state of model " + state.fingerprint() + " with " + hidden + " is not one of " + fingerprint);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(FORMAT_VERSION)
                .put(HexFormat.of().parseHex(fingerprint))
                .putLong(state.sequence())
                .putLong(state.tokensSeen())
                .putLong(state.lastEventTime())
                .putInt(sizeOfH)
                .putInt(sizeOfC);
        bytes.asFloatBuffer().put(hidden.h()).put(hidden.c());
        int end = length() - CHECKSUM_LENGTH;
        bytes.putInt(end, checksum(bytes.array(), end));
        return bytes.array();
    }

    private int length() {
        return FLOATS_AT + (sizeOfH + sizeOfC) * Float.BYTES + CHECKSUM_LENGTH;
    }

    private static int checksum(byte[] bytes, int end) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, end);
        return (int) checksum.getValue();
    }

    /** @throws UnusableStateException if the bytes are not a whole state of this format and model */
    public StreamState decode(byte[] bytes) {
        ByteBuffer buffer = whole(bytes);
        String found = HexFormat.of().formatHex(bytes, FINGERPRINT_AT, FINGERPRINT_AT + FINGERPRINT_LENGTH);
        if (!found.equals(fingerprint)) {
            throw new UnusableStateException(
                    Reason.MODEL, "the state belongs to model " + found + ", expected " + fingerprint);
        }
        buffer.position(FINGERPRINT_AT + FINGERPRINT_LENGTH);
        long sequence = buffer.getLong();
        long tokensSeen = buffer.getLong();
        long lastEventTime = buffer.getLong();
        int floatsInH = buffer.getInt();
        int floatsInC = buffer.getInt();
        if (floatsInH != sizeOfH || floatsInC != sizeOfC || bytes.length != length()) {
            throw new UnusableStateException(
                    Reason.TORN,
                    "the state has " + floatsInH + " + " + floatsInC + " floats in " + bytes.length
                            + " bytes, expected " + sizeOfH + " + " + sizeOfC + " in " + length());
        }
        float[] h = new float[sizeOfH];
        float[] c = new float[sizeOfC];
        buffer.asFloatBuffer().get(h).get(c);
        return new StreamState(found, sequence, tokensSeen, lastEventTime, new HiddenState(h, c));
    }

    /**
     * The time of the last event alone, whatever the model: enough to tell whether a stream has expired.
     *
     * @throws UnusableStateException if the bytes are not a whole state of this format
     */
    public static long lastEventTime(byte[] bytes) {
        return whole(bytes).getLong(LAST_EVENT_TIME_AT);
    }

    private static ByteBuffer whole(byte[] bytes) {
        if (bytes.length == 0) {
            throw new UnusableStateException(Reason.TORN, "the state has no bytes");
        }
        // The version comes first and alone: another format may keep its checksum elsewhere.
        if (bytes[0] != FORMAT_VERSION) {
            throw new UnusableStateException(
                    Reason.FORMAT_VERSION, "the state has format version " + bytes[0] + ", expected " + FORMAT_VERSION);
        }
        if (bytes.length < FLOATS_AT + CHECKSUM_LENGTH) {
            throw new UnusableStateException(Reason.TORN, "the state is cut short to " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int end = bytes.length - CHECKSUM_LENGTH;
        if (buffer.getInt(end) != checksum(bytes, end)) {
            throw new UnusableStateException(Reason.TORN, "the state's checksum does not match its bytes");
        }
        return buffer;
    }
}
