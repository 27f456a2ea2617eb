package io.tagstream.admin;

import org.jspecify.annotations.Nullable;

/** No broker answered in time: one to come may. The message is one sentence for the user. */
final class BrokersAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokersAwayException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
