package io.tagstream.wire;

/** How many records go out for a sentence. */
public enum Emit {
    /** One {@code TaggedSentence} a sentence. */
    SENTENCE,
    /** One {@code TokenEvent} a token. */
    TOKEN
}
