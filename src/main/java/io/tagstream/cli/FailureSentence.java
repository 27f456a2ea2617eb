package io.tagstream.cli;

import io.tagstream.text.TextException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.apache.kafka.common.config.ConfigException;

/** The one sentence for a command that failed. Our own exceptions bring it along; what libraries throw is told with its causes. */
final class FailureSentence {
    private static final String OURS = "io.tagstream.";
    private static final int DEEPEST = 16;

    private FailureSentence() {}

    static String of(Throwable failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() != null) {
            return of(failure.getCause());
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "file " + denied.getFile() + " cannot be read or written: check its permissions";
        }
        if (failure instanceof NoClassDefFoundError) {
            return "this command needs a part that this installation leaves out: use the full distribution";
        }
        if (failure.getClass().getName().startsWith(OURS)) {
            return said(failure);
        }
        StringBuilder sentence = new StringBuilder(said(failure));
        Throwable cause = failure.getCause();
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            String more = said(cause);
            if (!mayTellASecret(cause) && sentence.indexOf(more) < 0) {
                sentence.append(": ").append(more);
            }
            cause = cause.getCause();
        }
        return sentence.toString();
    }

    /** Whether what failed lies at what the user set, not in the running of it. */
    static boolean isOfSettings(Throwable failure) {
        if (failure instanceof TextException) {
            return true;
        }
        Throwable cause = failure.getClass().getName().startsWith(OURS) ? null : failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof ConfigException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** Java and Kafka quote a login configuration (JAAS) that they cannot read, its password with it. */
    private static boolean mayTellASecret(Throwable cause) {
        return cause instanceof IllegalArgumentException;
    }

    private static String said(Throwable failure) {
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName() + " (--stacktrace shows where)";
        }
        return failure instanceof IOException || failure instanceof RuntimeException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }
}
