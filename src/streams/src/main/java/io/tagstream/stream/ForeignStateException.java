package io.tagstream.stream;

/** The stored state of a stream is of no use to this model, and the policy says to stop. */
public final class ForeignStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ForeignStateException(String message) {
        super(message);
    }
}
