package io.tagstream.infer;

/** Stored bytes cannot be read as a state of this model. What happens then is a policy: reset or fail, never a guess. */
public final class UnusableStateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Written in a format that this build does not read. */
        FORMAT_VERSION,
        /** Whole, but of another model. */
        MODEL,
        /** Cut short or changed since they were written. */
        TORN
    }

    private final Reason reason;

    UnusableStateException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
