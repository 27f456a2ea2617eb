package io.tagstream.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sentence event says, whatever its format on the wire. Exactly one of {@code text} and {@code tokens} is set: the
 * decoders refuse anything else.
 *
 * @param sentenceId the producer's own name for the sentence, may be empty
 * @param text the raw text, or null when tokens are given
 * @param tokens the tokens, or null when text is given; no token is empty
 * @param beginsDocument forget the stream's state before this sentence
 */
public record IncomingSentence(
        String sentenceId, @Nullable String text, @Nullable List<String> tokens, boolean beginsDocument) {
    public IncomingSentence {
        if ((text == null) == (tokens == null)) {
            throw new IllegalArgumentException(
                    (text == null ? "neither" : "both") + " of text and tokens set: set exactly one of them");
        }
        tokens = tokens == null ? null : List.copyOf(tokens);
    }
}
