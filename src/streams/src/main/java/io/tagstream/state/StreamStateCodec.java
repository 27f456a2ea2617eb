package io.tagstream.state;

import io.tagstream.infer.HiddenState;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The bytes of a {@link StreamState} in the store, little-endian:
 *
 * <pre>
 *  0  byte   format version, 1
 *  1  long   fingerprint of the model file (its 16 hexadecimal digits)
 *  9  long   sequence
 * 17  long   tokens seen
 * 25  long   last event time, ms since 1970
 * 33  int    number of floats in h
 * 37  int    number of floats in c
 * 41  float  h, then c
 *  .  int    CRC-32C of all bytes before
 * </pre>
 *
 * <p>The floats are stored as they are, so a restored run is identical. Immutable, for any thread.
 */
public final class StreamStateCodec {
    public static final byte FORMAT_VERSION = 1;

    private static final int LAST_EVENT_TIME_AT = 25;
    private static final int HEADER_BYTES = 41;
    private static final int HEX = 16;

    private final long fingerprint;
    private final int hSize;
    private final int cSize;

    /**
     * @param fingerprint the model's, 16 hexadecimal digits
     * @param zero a state of the model's shape
     */
    public StreamStateCodec(String fingerprint, HiddenState zero) {
        this.fingerprint = Long.parseUnsignedLong(fingerprint, HEX);
        this.hSize = zero.h().length;
        this.cSize = zero.c().length;
    }

    /** The number of bytes of every state of this model. */
    public int size() {
        return HEADER_BYTES + (hSize + cSize) * Float.BYTES + Integer.BYTES;
    }

    public byte[] encode(StreamState state) {
        ByteBuffer bytes = ByteBuffer.allocate(size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(FORMAT_VERSION)
                .putLong(fingerprint)
                .putLong(state.sequence())
                .putLong(state.tokensSeen())
                .putLong(state.lastEventTime())
                .putInt(hSize)
                .putInt(cSize);
        bytes.asFloatBuffer().put(state.hidden().h()).put(state.hidden().c());
        bytes.position(size() - Integer.BYTES);
        bytes.putInt(checksum(bytes.array()));
        return bytes.array();
    }

    /** @throws UnusableStateException if the state is of another format, torn, or of another model */
    public StreamState decode(byte[] value) throws UnusableStateException {
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (value.length == 0 || bytes.get() != FORMAT_VERSION) {
            throw UnusableStateException.unknown(
                    value.length == 0
                            ? "it is empty"
                            : "its format version is " + value[0] + ", expected " + FORMAT_VERSION);
        }
        if (value.length < HEADER_BYTES + Integer.BYTES
                || bytes.getInt(value.length - Integer.BYTES) != checksum(value)) {
            throw UnusableStateException.unknown(
                    "it is torn: its checksum does not fit its " + value.length + " bytes");
        }
        long model = bytes.getLong();
        long sequence = bytes.getLong();
        long tokensSeen = bytes.getLong();
        long lastEventTime = bytes.getLong();
        if (model != fingerprint || bytes.getInt() != hSize || bytes.getInt() != cSize || value.length != size()) {
            throw UnusableStateException.ofAnotherModel(
                    "it is of the model " + hex(model) + ", expected " + hex(fingerprint),
                    sequence,
                    tokensSeen,
                    lastEventTime);
        }
        float[] h = new float[hSize];
        float[] c = new float[cSize];
        bytes.asFloatBuffer().get(h).get(c);
        return new StreamState(sequence, tokensSeen, lastEventTime, new HiddenState(h, c));
    }

    /** Only the last event time, for the scan; {@link Long#MAX_VALUE}, which never expires, if the bytes are no state. */
    static long lastEventTime(byte[] value) {
        if (value.length < HEADER_BYTES || value[0] != FORMAT_VERSION) {
            return Long.MAX_VALUE;
        }
        return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(LAST_EVENT_TIME_AT);
    }

    private static int checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value, 0, value.length - Integer.BYTES);
        return (int) checksum.getValue();
    }

    private static String hex(long fingerprint) {
        return String.format("%016x", fingerprint);
    }
}
