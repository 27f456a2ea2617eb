package io.tagstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.event.SentenceEvent;
import io.tagstream.event.Source;
import io.tagstream.event.TaggedSentence;
import io.tagstream.event.TaggedToken;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.IncomingSentence;
import java.nio.charset.CharsetEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Between the events of the schemas and what the tagger works on, with the checks that the readers of bytes do too: what passes here has a form in
 * every format. Belongs to one task's thread.
 */
final class SentenceEvents {
    /** A token's text is never null in a stream of bytes, but may be in a list that a program makes. */
    private final CharsetEncoder utf8 = UTF_8.newEncoder();

    /** @throws BadRecordException if the event says no sentence */
    IncomingSentence read(@Nullable SentenceEvent event) {
        if (event == null) {
            throw new BadRecordException("the record says no sentence: give text or tokens");
        }
        String text = event.getText();
        List<String> tokens = event.getTokens();
        if (text == null && tokens == null) {
            throw new BadRecordException("neither text nor tokens is set: set exactly one of them");
        }
        if (text != null && tokens != null) {
            throw new BadRecordException("both text and tokens are set: set exactly one of them");
        }
        if (text != null) {
            requireWellFormed(text, "the text");
        }
        if (tokens != null) {
            for (int i = 0; i < tokens.size(); i++) {
                String token = tokens.get(i);
                if (token == null || token.isEmpty()) {
                    throw new BadRecordException(
                            "token " + i + " (from 0) is empty: give every token at least one character");
                }
                requireWellFormed(token, "token " + i + " (from 0)");
            }
        }
        String id = event.getSentenceId() == null ? "" : event.getSentenceId();
        requireWellFormed(id, "the sentence id");
        return new IncomingSentence(id, text, tokens, event.getBeginsDocument());
    }

    private void requireWellFormed(String text, String what) {
        if (!utf8.canEncode(text)) {
            throw new BadRecordException(what + " has an unpaired surrogate, and so no UTF-8 form");
        }
    }

    /** @param source null where the record comes from a punctuation */
    static TaggedSentence tagged(
            String id, long sequence, String model, @Nullable Source source, List<TokenTags> tokens, String digest) {
        List<TaggedToken> tagged = new ArrayList<>(tokens.size());
        for (TokenTags token : tokens) {
            tagged.add(new TaggedToken(
                    token.token().form(),
                    token.token().start(),
                    token.token().end(),
                    token.tag(),
                    token.score(),
                    // In the order of the layers' names, so that equal sentences have equal bytes.
                    new TreeMap<>(token.tags())));
        }
        return new TaggedSentence(id, sequence, model, source, null, tagged, digest);
    }
}
