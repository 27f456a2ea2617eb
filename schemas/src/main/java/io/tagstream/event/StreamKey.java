package io.tagstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/** The id of a stream as bytes, as in the key of a record: any bytes may name a stream. */
@NullMarked
public final class StreamKey {
    private StreamKey() {}

    /** The key for people: text if it is UTF-8, otherwise {@code 0x} and hexadecimal digits; {@code none} where there is none. */
    public static String shown(byte @Nullable [] key) {
        if (key == null) {
            return "none";
        }
        try {
            return StrictUtf8.decode(key, 0, key.length);
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(key);
        }
    }

    /** @throws IllegalArgumentException if the id has an unpaired surrogate, and so no UTF-8 form */
    public static byte[] encode(String streamId) {
        StrictUtf8.requireWellFormed(streamId, "the id of the stream");
        return streamId.getBytes(UTF_8);
    }
}
