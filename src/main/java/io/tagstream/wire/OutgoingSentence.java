package io.tagstream.wire;

import io.tagstream.text.TokenTags;
import java.util.List;

/**
 * What is put out for one sentence, whatever its format on the wire.
 *
 * @param sentenceId the sentence id of the event
 * @param sequence the stream's own count of sentences, from 1
 * @param model name and fingerprint of the model, {@code name@fingerprint}
 * @param tokens the tagged tokens, may be empty
 * @param stateDigest the hash of the hidden state after this sentence
 */
public record OutgoingSentence(
        String sentenceId, long sequence, String model, List<TokenTags> tokens, long stateDigest) {
    public OutgoingSentence {
        tokens = List.copyOf(tokens);
    }
}
