package io.tagstream.text;

/** What separates words: every whitespace of Unicode, and the two invisible characters that mean a word border or nothing. */
public final class Whitespace {
    private static final char NEXT_LINE = '\u0085';
    private static final char ZERO_WIDTH_SPACE = '\u200B';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private Whitespace() {}

    /** Whether this UTF-16 code unit separates words; Unicode has no whitespace outside the basic plane. */
    public static boolean is(char c) {
        if (c <= ' ') {
            return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\u001C' && c <= '\u001F');
        }
        if (c < '\u0085') {
            return false;
        }
        return c == NEXT_LINE
                || c == ZERO_WIDTH_SPACE
                || c == BYTE_ORDER_MARK
                || Character.isSpaceChar(c)
                || Character.isWhitespace(c);
    }
}
