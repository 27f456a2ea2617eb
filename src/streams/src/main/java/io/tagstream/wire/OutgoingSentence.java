package io.tagstream.wire;

import io.tagstream.text.TokenTags;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is put out for one sentence, whatever its format on the wire.
 *
 * @param sentenceId the sentence id of the event, or {@link EventSource#id} where it has none
 * @param sequence the stream's own count of sentences, from 1; 0 without memory
 * @param model name and fingerprint of the model, {@code name@fingerprint}
 * @param source the input record, null outside Kafka
 * @param text the text of the event where it is asked for, null otherwise
 * @param tokens the tagged tokens, may be empty
 * @param stateDigest the hash of the hidden state after this sentence, 16 hexadecimal digits; null without memory
 */
public record OutgoingSentence(
        String sentenceId,
        long sequence,
        String model,
        @Nullable EventSource source,
        @Nullable String text,
        List<TokenTags> tokens,
        @Nullable String stateDigest) {
    public OutgoingSentence {
        tokens = List.copyOf(tokens);
    }

    /** A sentence that does not come from Kafka, and whose text nobody asked for. */
    public OutgoingSentence(
            String sentenceId, long sequence, String model, List<TokenTags> tokens, @Nullable String stateDigest) {
        this(sentenceId, sequence, model, null, null, tokens, stateDigest);
    }

    /** The same sentence, made from this record, which also names it where the event has no id. */
    public OutgoingSentence from(EventSource record) {
        return new OutgoingSentence(
                sentenceId.isEmpty() ? record.id() : sentenceId, sequence, model, record, text, tokens, stateDigest);
    }
}
