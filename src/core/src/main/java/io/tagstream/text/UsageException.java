package io.tagstream.text;

/**
 * What the user asked for cannot be done as asked: a setting, a file or a corpus does not fit. The message is one sentence for the user. Any
 * other {@link IllegalArgumentException} is a bug of the caller.
 */
public class UsageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    /** Where a setting is to blame, the message begins with its name: {@code maxTokens must be at least 1, got 0}. */
    public UsageException(String message) {
        super(message);
    }

    public UsageException(String message, Throwable cause) {
        super(message, cause);
    }
}
