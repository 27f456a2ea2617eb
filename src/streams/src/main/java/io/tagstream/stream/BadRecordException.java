package io.tagstream.stream;

import org.jspecify.annotations.Nullable;

/**
 * This one record cannot be tagged, now or ever, and nothing has been stored or put out for it: it belongs into the dead-letter
 * topic. Anything else that is thrown while a record is tagged fails the
 * thread, and stops the application where a new thread fails too. The message never quotes the payload.
 */
public final class BadRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadRecordException(@Nullable String message) {
        super(message);
    }
}
