package io.tagstream.state;

import org.jspecify.annotations.Nullable;

/** A stored state that this model cannot go on from. */
public final class UnusableStateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Counts counts;

    /** What another model's state still says of the stream, so that its sequence stays without gaps. */
    public record Counts(long sequence, long tokensSeen, long lastEventTime) {}

    private UnusableStateException(String message, @Nullable Counts counts) {
        super(message);
        this.counts = counts;
    }

    /** Nothing in it can be trusted. */
    static UnusableStateException unknown(String message) {
        return new UnusableStateException(message, null);
    }

    /** It is whole, but another model's. */
    static UnusableStateException ofAnotherModel(String message, long sequence, long tokensSeen, long lastEventTime) {
        return new UnusableStateException(message, new Counts(sequence, tokensSeen, lastEventTime));
    }

    /** Null where nothing can be trusted. */
    public @Nullable Counts counts() {
        return counts;
    }
}
