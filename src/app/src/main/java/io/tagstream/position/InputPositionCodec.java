package io.tagstream.position;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.stream.InvalidSettingException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Bytes;

/**
 * The bytes of an {@link InputPosition} in the store of positions. The key is the topic's name in UTF-8: a store belongs to one
 * partition. The value, little-endian:
 *
 * <pre>
 *  0  byte   format version, 1
 *  1  long   topic id, its more significant half
 *  9  long   topic id, its less significant half
 * 17  long   offset
 * 25  int    CRC-32C of all bytes before
 * </pre>
 */
public final class InputPositionCodec {
    static final byte FORMAT_VERSION = 1;

    private static final int BYTES = 29;

    private InputPositionCodec() {}

    public static Bytes key(String topic) {
        return Bytes.wrap(topic.getBytes(UTF_8));
    }

    public static String topic(byte[] key) {
        return new String(key, UTF_8);
    }

    public static byte[] encode(InputPosition position) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(FORMAT_VERSION)
                .putLong(position.topicId().getMostSignificantBits())
                .putLong(position.topicId().getLeastSignificantBits())
                .putLong(position.offset())
                .putInt(checksum(bytes.array()));
        return bytes.array();
    }

    /** @throws InvalidSettingException if the bytes are of another format, or damaged */
    public static InputPosition decode(byte[] value) {
        if (value.length != BYTES || value[0] != FORMAT_VERSION) {
            throw new InvalidSettingException("the stored position has the format version "
                    + (value.length == 0 ? "none" : value[0]) + ", expected " + FORMAT_VERSION
                    + ": it was written by another build of Tagstream; run that one");
        }
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.getInt(BYTES - Integer.BYTES) != checksum(value)) {
            throw new InvalidSettingException("the stored position is damaged: its checksum does not fit its " + BYTES
                    + " bytes; let the application start over with tagstream reset");
        }
        return new InputPosition(new Uuid(bytes.getLong(1), bytes.getLong(9)), bytes.getLong(17));
    }

    private static int checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value, 0, BYTES - Integer.BYTES);
        return (int) checksum.getValue();
    }
}
