package io.tagstream.wire;

import io.tagstream.event.StrictUtf8;
import io.tagstream.event.UndecodableEventException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules that hold for a sentence event in whatever format, with the messages of a dead letter. */
public final class SentenceChecks {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{16}");

    private SentenceChecks() {}

    public static IncomingSentence checked(
            String sentenceId, @Nullable String text, @Nullable List<String> tokens, boolean beginsDocument)
            throws UndecodableEventException {
        if (text == null && tokens == null) {
            throw new UndecodableEventException("neither text nor tokens is set: set exactly one of them");
        }
        if (text != null && tokens != null) {
            throw new UndecodableEventException("both text and tokens are set: set exactly one of them");
        }
        if (tokens != null) {
            int empty = tokens.indexOf("");
            if (empty >= 0) {
                throw new UndecodableEventException(
                        "token " + empty + " (from 0) is empty: give every token at least one character");
            }
        }
        return new IncomingSentence(sentenceId, text, tokens, beginsDocument);
    }

    /** Refuses a state digest that is not 16 hexadecimal digits in lower case, or null. */
    public static @Nullable String digest(@Nullable String digest) throws UndecodableEventException {
        if (digest != null && !DIGEST.matcher(digest).matches()) {
            throw new UndecodableEventException("field state_digest: expected 16 hexadecimal digits or null");
        }
        return digest;
    }

    /** Refuses what has no UTF-8 form; for formats that can say such a thing. */
    public static String wellFormed(String text, String field) throws UndecodableEventException {
        if (!StrictUtf8.isWellFormed(text)) {
            throw new UndecodableEventException("field " + field + " has an unpaired surrogate");
        }
        return text;
    }
}
