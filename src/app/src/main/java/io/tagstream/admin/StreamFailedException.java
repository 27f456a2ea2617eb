package io.tagstream.admin;

import org.jspecify.annotations.Nullable;

/** The application could not start, or stopped by itself. The message is one sentence for the user. */
public final class StreamFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StreamFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
