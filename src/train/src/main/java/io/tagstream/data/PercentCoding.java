package io.tagstream.data;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Characters written as {@code %} and two hexadecimal digits for each byte of their UTF-8. */
final class PercentCoding {
    private static final char SIGN = '%';
    private static final int RADIX = 16;
    private static final int DIGITS = 2;

    private PercentCoding() {}

    /** @throws IllegalArgumentException with what is wrong, if a sign is not followed by two digits or the bytes are not UTF-8 */
    static String decode(String text) {
        if (text.indexOf(SIGN) < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); at++) {
            int end = text.indexOf(SIGN, at);
            bytes.writeBytes(text.substring(at, end < 0 ? text.length() : end).getBytes(StandardCharsets.UTF_8));
            if (end < 0) {
                break;
            }
            at = end + DIGITS;
            bytes.write(octet(text, end + 1));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("'" + text + "' does not stand for UTF-8", e);
        }
    }

    private static int octet(String text, int from) {
        int high = from + 1 < text.length() ? Character.digit(text.charAt(from), RADIX) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(from + 1), RADIX);
        if (low < 0) {
            throw new IllegalArgumentException("'" + text + "' has a % without two hexadecimal digits after it");
        }
        return high * RADIX + low;
    }
}
