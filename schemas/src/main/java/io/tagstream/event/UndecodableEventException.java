package io.tagstream.event;

import org.jspecify.annotations.NullMarked;

/** The bytes of a record are not what its format says. The message never quotes the payload. */
@NullMarked
public final class UndecodableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableEventException(String message) {
        super(message);
    }
}
