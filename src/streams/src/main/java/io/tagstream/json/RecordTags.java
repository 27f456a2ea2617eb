package io.tagstream.json;

import io.tagstream.text.TokenTags;
import io.tagstream.wire.EventSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is put into a record whose texts were tagged, one after the other as sentences of one stream.
 *
 * @param sequence the sequence of its last text: the stream's own count of sentences, from 1; 0 without memory
 * @param model name and fingerprint of the model, {@code name@fingerprint}
 * @param source the input record, null outside Kafka
 * @param stateDigest the hash of the hidden state after its last text, 16 hexadecimal digits; null without memory
 * @param texts the tokens of each text in the order in which they were tagged
 */
public record RecordTags(
        long sequence,
        String model,
        @Nullable EventSource source,
        @Nullable String stateDigest,
        List<TaggedField> texts) {
    public RecordTags {
        texts = List.copyOf(texts);
    }

    /**
     * The tokens of one text.
     *
     * @param field where the text stands
     * @param tokens its tagged tokens, may be empty
     */
    public record TaggedField(FieldPointer field, List<TokenTags> tokens) {
        public TaggedField {
            tokens = List.copyOf(tokens);
        }
    }
}
