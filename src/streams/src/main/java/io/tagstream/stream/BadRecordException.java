package io.tagstream.stream;

import org.jspecify.annotations.Nullable;

/**
 * This one record cannot be tagged, now or ever, and nothing has been stored or put out for it. A {@link TaggingStep} makes a
 * {@link BadRecord} of it, also where the function that maps values to sentences throws it; the application of Tagstream sends the record to its
 * dead-letter topic. The message never quotes the payload.
 *
 * <p>The name of this class stands in the headers of dead letters.
 */
public final class BadRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadRecordException(@Nullable String message) {
        super(message);
    }
}
