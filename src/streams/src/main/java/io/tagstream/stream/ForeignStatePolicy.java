package io.tagstream.stream;

/** What happens to a stored state that is another model's, of an unknown format, or torn. It is never read as if it fitted. */
public enum ForeignStatePolicy {
    /** The stream goes on from a zero state; counted and logged. */
    RESET,
    /** The application stops. */
    FAIL
}
