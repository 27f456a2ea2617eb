package io.tagstream.json;

/**
 * A field that is tagged.
 *
 * @param pointer where it is
 * @param kind what it holds
 */
public record TextField(FieldPointer pointer, Kind kind) {
    /** What a field holds. */
    public enum Kind {
        /** A string that is cut into tokens. */
        TEXT,
        /** An array of strings, the tokens. */
        TOKENS
    }
}
