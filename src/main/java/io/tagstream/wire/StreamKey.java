package io.tagstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** The key of a sentence record: the stream's id as UTF-8. The empty id is a stream like any other. */
public final class StreamKey {
    private StreamKey() {}

    /**
     * @param key the record's key, null where the record has none
     * @throws UndecodableEventException if there is no key, or it is not UTF-8
     */
    public static String decode(byte @Nullable [] key) throws UndecodableEventException {
        if (key == null) {
            throw new UndecodableEventException("the record has no key: set the key to the id of the stream");
        }
        try {
            return StrictUtf8.decode(key, 0, key.length);
        } catch (CharacterCodingException e) {
            throw new UndecodableEventException("the key is not UTF-8: set the key to the id of the stream, in UTF-8");
        }
    }

    /** @throws IllegalArgumentException if the id has an unpaired surrogate, and so no UTF-8 form */
    public static byte[] encode(String streamId) {
        StrictUtf8.requireWellFormed(streamId, "the id of the stream");
        return streamId.getBytes(UTF_8);
    }
}
