package io.tagstream.tokenize;

import io.tagstream.text.Whitespace;

/** What follows a chunk in its text: it tells the stop of a sentence from that of an abbreviation. */
enum Follower {
    END,
    UPPER,
    LOWER,
    OTHER;

    /** What follows the chunk that ends at {@code end}, by the first character of the next. */
    static Follower after(String text, int end) {
        int at = end;
        while (at < text.length() && Whitespace.is(text.charAt(at))) {
            at++;
        }
        if (at >= text.length()) {
            return END;
        }
        char c = text.charAt(at);
        return Character.isUpperCase(c) ? UPPER : Character.isLowerCase(c) ? LOWER : OTHER;
    }
}
