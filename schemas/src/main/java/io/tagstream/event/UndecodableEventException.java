package io.tagstream.event;

/** The bytes of a record are not what its format says. The message never quotes the payload. */
public final class UndecodableEventException extends Exception {
    private static final long serialVersionUID = 1L;

    public UndecodableEventException(String message) {
        super(message);
    }
}
