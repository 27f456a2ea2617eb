package io.tagstream.wire;

import io.tagstream.event.StrictUtf8;
import io.tagstream.text.TokenTags;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What must hold for a sentence to be written; a codec would otherwise replace or garble it in silence. */
public final class OutgoingChecks {
    private OutgoingChecks() {}

    /** @throws IllegalArgumentException if a string has no UTF-8 form, or a score is not a number */
    public static void check(OutgoingSentence sentence) {
        StrictUtf8.requireWellFormed(sentence.sentenceId(), "the sentence id");
        StrictUtf8.requireWellFormed(sentence.model(), "the model's name");
        if (sentence.text() != null) {
            StrictUtf8.requireWellFormed(sentence.text(), "the text");
        }
        check(sentence.tokens());
    }

    /** @throws IllegalArgumentException if a string of a token has no UTF-8 form, or a score is not a number */
    public static void check(List<TokenTags> tokens) {
        for (int i = 0; i < tokens.size(); i++) {
            TokenTags tagged = tokens.get(i);
            if (!Float.isFinite(tagged.score())) {
                throw new IllegalArgumentException("token " + i + " has the score " + tagged.score());
            }
            StrictUtf8.requireWellFormed(tagged.token().form(), "token " + i);
            StrictUtf8.requireWellFormed(tagged.tag(), "the tag of token " + i);
            for (Map.Entry<String, String> layer : tagged.tags().entrySet()) {
                StrictUtf8.requireWellFormed(layer.getKey(), "a layer of token " + i);
                StrictUtf8.requireWellFormed(layer.getValue(), "a tag of token " + i);
            }
        }
    }

    /** The same map in the order of its keys: the order in a map that Java makes differs from run to run. */
    public static Map<String, String> sorted(Map<String, String> tags) {
        return tags.size() < 2 ? tags : new TreeMap<>(tags);
    }
}
