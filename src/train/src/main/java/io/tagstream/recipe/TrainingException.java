package io.tagstream.recipe;

/** Training cannot begin, or its outcome cannot be trusted and is not saved. The message is one sentence. */
public final class TrainingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, Throwable cause) {
        super(message, cause);
    }
}
