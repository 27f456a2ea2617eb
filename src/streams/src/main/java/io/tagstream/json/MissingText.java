package io.tagstream.json;

/** What happens to a record that lacks a field that is to be tagged, or has null there. */
public enum MissingText {
    /** It is refused, and so becomes a dead letter. */
    DEAD_LETTER,
    /** The fields that it has are tagged; a record without any goes out as it came. */
    PASS
}
