package io.tagstream.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells UTF-8 from what is not, and names what it is where that can be seen. */
final class Encodings {
    static final int LONGEST_MARK = 4;
    private static final char REPLACEMENT = '\uFFFD';
    /** In text of UTF-16 every blank and line break has a NUL, and words of an alphabet with accents some more. */
    private static final int LEAST_SHARE = 16;

    private Encodings() {}

    /** How many bytes of a byte order mark of UTF-8 a file begins with: 3 or 0. */
    static int utf8Mark(byte[] start, int length) {
        return begins(start, length, 0xef, 0xbb, 0xbf) ? 3 : 0;
    }

    /** The name of the encoding of another byte order mark, or null. */
    static @Nullable String otherMark(byte[] start, int length) {
        if (begins(start, length, 0xff, 0xfe, 0, 0) || begins(start, length, 0, 0, 0xfe, 0xff)) {
            return "UTF-32";
        }
        return begins(start, length, 0xff, 0xfe) || begins(start, length, 0xfe, 0xff) ? "UTF-16" : null;
    }

    private static boolean begins(byte[] start, int length, int... mark) {
        if (length < mark.length) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if ((start[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** The name of the encoding that the NULs in some bytes give away, or null where they say nothing. */
    static @Nullable String byNuls(byte[] bytes, int length) {
        int[] nuls = new int[2];
        for (int i = 0; i < length; i++) {
            if (bytes[i] == 0) {
                nuls[i % 2]++;
            }
        }
        int all = nuls[0] + nuls[1];
        if (all < 2) {
            return null;
        }
        if (nuls[0] > 0 && nuls[1] > 0) {
            return 2 * all >= length ? "UTF-32" : null;
        }
        return LEAST_SHARE * all >= length ? "UTF-16" : null;
    }

    /** The text, or null if it is not UTF-8. */
    static @Nullable String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 || firstWrong(bytes) < 0 ? text : null;
    }

    /** The index of the first byte that is not UTF-8, or -1. */
    static int firstWrong(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return decoder.decode(in, CharBuffer.allocate(bytes.length), true).isError() ? in.position() : -1;
    }
}
