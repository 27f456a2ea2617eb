package io.tagstream.cli;

import io.tagstream.text.TextException;
import io.tagstream.text.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;

/** The one sentence for a command that failed. Our own exceptions bring it along; what libraries throw is told with its causes. */
final class FailureSentence {
    private static final String OURS = "io.tagstream.";
    private static final int DEEPEST = 16;
    private static final Pattern SETTING = Pattern.compile("([a-z]+(?:[A-Z][a-z]+)*) must ");
    private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

    private FailureSentence() {}

    /** With the flag of the setting that the sentence begins with, where the command has one. */
    static String of(Throwable failure, CommandLine command) {
        String sentence = of(failure);
        return failure instanceof UsageException ? flag(sentence, command) + sentence : sentence;
    }

    /** {@code "--max-tokens: "} for {@code "maxTokens must be at least 1, got 0"}. */
    private static String flag(String sentence, CommandLine command) {
        Matcher setting = SETTING.matcher(sentence);
        if (!setting.lookingAt()) {
            return "";
        }
        String name = "--" + CAPITAL.matcher(setting.group(1)).replaceAll("-$0").toLowerCase(Locale.ROOT);
        return Stream.of(name, name + "-field")
                .filter(flag -> command.getCommandSpec().findOption(flag) != null)
                .findFirst()
                .map(flag -> flag + ": ")
                .orElse("");
    }

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
        if (failure.getClass().getName().startsWith(OURS)) {
            return said(failure);
        }
        StringBuilder sentence = new StringBuilder(isUnexpected(failure) ? withClass(failure) : said(failure));
        List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(FailureSentence::mayTellASecret)) {
            return sentence + ": check the security properties (sasl.*, ssl.*), which are not shown here";
        }
        for (Throwable cause : causes) {
            if (sentence.indexOf(said(cause)) < 0) {
                sentence.append(": ").append(said(cause));
            }
        }
        return sentence.toString();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure.getCause(); cause != null && causes.size() < DEEPEST; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }

    /** Whether what failed lies at what the user set, not in the running of it; Kafka's clients refuse some settings as arguments. */
    static boolean isOfSettings(Throwable failure) {
        if (failure.getClass().getName().startsWith(OURS)) {
            return failure instanceof TextException || failure instanceof UsageException;
        }
        return failure instanceof ConfigException
                || failure instanceof InvalidPathException
                || (failure instanceof KafkaException
                        && causes(failure).stream()
                                .anyMatch(cause ->
                                        cause instanceof ConfigException || cause instanceof IllegalArgumentException));
    }

    /** Kafka and Java quote a login configuration (JAAS) that they cannot read, its password with it. */
    private static boolean mayTellASecret(Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .map(StackTraceElement::getClassName)
                .anyMatch(name -> name.startsWith("org.apache.kafka.common.security.")
                        || name.startsWith("javax.security.auth."));
    }

    /** Neither of Kafka nor of a file or a name of one: what no code of ours knows, which is a bug. */
    private static boolean isUnexpected(Throwable failure) {
        return failure instanceof RuntimeException
                && !(failure instanceof KafkaException)
                && !(failure instanceof InvalidPathException);
    }

    private static String withClass(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? said(failure)
                : failure.getClass().getSimpleName() + ": " + message;
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
