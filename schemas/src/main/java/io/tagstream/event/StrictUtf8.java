package io.tagstream.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import org.jspecify.annotations.NullMarked;

/** UTF-8 that refuses what Java's own conversions replace in silence. */
@NullMarked
public final class StrictUtf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private StrictUtf8() {}

    /** @throws CharacterCodingException if the bytes are not UTF-8 (overlong forms and encoded surrogates are not) */
    public static String decode(byte[] bytes, int offset, int length) throws CharacterCodingException {
        // The lenient conversion is several times faster, and leaves its mark wherever it has replaced something.
        String text = new String(bytes, offset, length, UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) {
            return text;
        }
        return UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes, offset, length))
                .toString();
    }

    /** How many bytes of UTF-8 the first characters of a well-formed text take. */
    public static int length(String text, int characters) {
        int length = 0;
        for (int i = 0; i < characters; i++) {
            char c = text.charAt(i);
            // Each half of a pair stands for two of its four bytes.
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    /** Whether each surrogate has its partner, so that the text has a UTF-8 form. */
    public static boolean isWellFormed(String text) {
        boolean awaitsLow = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLowSurrogate(c) != awaitsLow) {
                return false;
            }
            awaitsLow = Character.isHighSurrogate(c);
        }
        return !awaitsLow;
    }

    /**
     * @param what names the text in the message
     * @throws IllegalArgumentException if the text has no UTF-8 form
     */
    public static void requireWellFormed(String text, String what) {
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException(what + " has an unpaired surrogate: it has no UTF-8 form");
        }
    }
}
