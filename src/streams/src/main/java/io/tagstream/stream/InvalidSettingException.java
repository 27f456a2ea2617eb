package io.tagstream.stream;

import io.tagstream.text.UsageException;

/** A setting, or a topic as it is, does not allow the application to run; the message is one sentence for the user. */
public final class InvalidSettingException extends UsageException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }
}
