package io.tagstream.text;

import java.util.Objects;

/**
 * A token: its form and where it stands in the text it was cut from.
 *
 * @param form the token as written, never empty
 * @param start offset of its first UTF-16 code unit in the text, or {@link #NO_OFFSET}
 * @param end offset after its last UTF-16 code unit in the text, or {@link #NO_OFFSET}
 */
public record Token(String form, int start, int end) {
    /** The offset of a token that was given as such, without a text. */
    public static final int NO_OFFSET = -1;

    public Token {
        Objects.requireNonNull(form, "form");
        if (form.isEmpty()) {
            throw new IllegalArgumentException("a token is empty: give every token at least one character");
        }
    }

    /** A token that was given as such, without a text. */
    public static Token of(String form) {
        return new Token(form, NO_OFFSET, NO_OFFSET);
    }
}
