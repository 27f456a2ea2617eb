package io.tagstream.wire;

import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is put out for one token when each has a record of its own.
 *
 * @param sentenceId the sentence id of the event
 * @param sequence the stream's own count of sentences, from 1
 * @param index the token's place in its sentence, from 0
 * @param count the number of tokens of its sentence
 * @param token the tagged token
 * @param model name and fingerprint of the model, {@code name@fingerprint}
 * @param stateDigest on the sentence's last token the hash of the hidden state after the sentence, null on the others
 */
public record OutgoingToken(
        String sentenceId,
        long sequence,
        int index,
        int count,
        TokenTags token,
        String model,
        @Nullable Long stateDigest) {
    public OutgoingToken {
        if (index < 0 || index >= count) {
            throw new IllegalArgumentException(
                    "token " + index + " of " + count + ": the index is out of the sentence");
        }
        if ((stateDigest != null) != (index == count - 1)) {
            throw new IllegalArgumentException(
                    "token " + index + " of " + count + ": the last token has the state digest, and no other");
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
                    i == count - 1 ? (Long) sentence.stateDigest() : null));
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
                    || !token.model.equals(last.model)) {
                throw new IllegalArgumentException("the record at place " + tagged.size() + " is not token "
                        + tagged.size() + " of " + tokens.size() + " of sentence " + last.sequence);
            }
            tagged.add(token.token);
        }
        if (last.stateDigest == null) {
            throw new IllegalArgumentException("the last token is missing");
        }
        return new OutgoingSentence(last.sentenceId, last.sequence, last.model, tagged, last.stateDigest);
    }
}
