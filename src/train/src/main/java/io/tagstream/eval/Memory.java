package io.tagstream.eval;

/** What becomes of the state at the start of a sentence. */
public enum Memory {
    /** It runs on through a document and starts afresh with the next, as it does in a stream. */
    CARRIED,
    /** Every sentence starts afresh. */
    RESET
}
