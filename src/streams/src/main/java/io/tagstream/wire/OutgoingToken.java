package io.tagstream.wire;

import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is put out for one token when each has a record of its own.
 *
 * @param sentenceId the sentence id of the event, or {@link EventSource#id} where it has none
 * @param sequence the stream's own count of sentences, from 1; 0 without memory
 * @param index the token's place in its sentence, from 0
 * @param count the number of tokens of its sentence
 * @param token the tagged token
 * @param model name and fingerprint of the model, {@code name@fingerprint}
 * @param source the input record, null outside Kafka
 * @param stateDigest on the sentence's last token the hash of the hidden state after the sentence, as in {@link
 *     OutgoingSentence}; null on the others and without memory
 */
public record OutgoingToken(
        String sentenceId,
        long sequence,
        int index,
        int count,
        TokenTags token,
        String model,
        @Nullable EventSource source,
        @Nullable String stateDigest) {
    public OutgoingToken {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "token " + index + " of " + count + ": the index is out of the sentence");
        }
        if (stateDigest != null && index != count - 1) {
            throw new IllegalArgumentException(
                    "token " + index + " of " + count + ": only the last token has the state digest");
        }
    }

    /** The tokens of a sentence that has any, in their order. */
    public static List<OutgoingToken> split(OutgoingSentence sentence) {
        int count = sentence.tokens().size();
        List<OutgoingToken> tokens = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            tokens.add(new OutgoingToken(
                    sentence.sentenceId(),
                    sentence.sequence(),
                    i,
                    count,
                    sentence.tokens().get(i),
                    sentence.model(),
                    sentence.source(),
                    i == count - 1 ? sentence.stateDigest() : null));
        }
        return tokens;
    }

    /**
     * The sentence of which these are all the tokens in their order.
     *
     * @throws IllegalArgumentException if they are not
     */
    public static OutgoingSentence join(List<OutgoingToken> tokens) {
        if (tokens.isEmpty()) {
            throw new IllegalArgumentException("no tokens: a sentence without tokens has no token records");
        }
        OutgoingToken last = tokens.get(tokens.size() - 1);
        List<TokenTags> tagged = new ArrayList<>(tokens.size());
        for (OutgoingToken token : tokens) {
            if (token.index != tagged.size()
                    || token.count != tokens.size()
                    || token.sequence != last.sequence
                    || !token.sentenceId.equals(last.sentenceId)
                    || !token.model.equals(last.model)
                    || !Objects.equals(token.source, last.source)) {
                throw new IllegalArgumentException("the record at place " + tagged.size() + " is not token "
                        + tagged.size() + " of " + tokens.size() + " of sentence " + last.sequence);
            }
            tagged.add(token.token);
        }
        return new OutgoingSentence(
                last.sentenceId, last.sequence, last.model, last.source, null, tagged, last.stateDigest);
    }
}
