package io.tagstream.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tagstream.text.TokenTags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code TaggedSentence} or {@code TokenEvent} as one line of plain JSON, UTF-8: the schema's field names in its order,
 * tags in the order of their layers' names, scores in the shortest form that reads back as the same float.
 */
final class JsonEventEncoder implements EventEncoder {
    private static final int INITIAL_SIZE = 1024;

    private final Emit emit;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_SIZE);

    JsonEventEncoder(Emit emit) {
        this.emit = emit;
    }

    @Override
    public List<byte[]> encode(OutgoingSentence sentence) {
        OutgoingChecks.check(sentence);
        try {
            if (emit == Emit.SENTENCE) {
                return List.of(sentence(sentence));
            }
            List<byte[]> values = new ArrayList<>(sentence.tokens().size());
            for (OutgoingToken token : OutgoingToken.split(sentence)) {
                values.add(token(token));
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    private byte[] sentence(OutgoingSentence sentence) throws IOException {
        out.reset();
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("sentence_id", sentence.sentenceId());
            json.writeNumberField("sequence", sentence.sequence());
            json.writeStringField("model", sentence.model());
            json.writeArrayFieldStart("tokens");
            for (TokenTags token : sentence.tokens()) {
                write(json, token);
            }
            json.writeEndArray();
            json.writeNumberField("state_digest", sentence.stateDigest());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private byte[] token(OutgoingToken token) throws IOException {
        out.reset();
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("sentence_id", token.sentenceId());
            json.writeNumberField("sequence", token.sequence());
            json.writeNumberField("index", token.index());
            json.writeNumberField("count", token.count());
            json.writeFieldName("token");
            write(json, token.token());
            json.writeStringField("model", token.model());
            Long digest = token.stateDigest();
            if (digest == null) {
                json.writeNullField("state_digest");
            } else {
                json.writeNumberField("state_digest", digest);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, TokenTags tagged) throws IOException {
        json.writeStartObject();
        json.writeStringField("form", tagged.token().form());
        json.writeNumberField("start", tagged.token().start());
        json.writeNumberField("end", tagged.token().end());
        json.writeStringField("tag", tagged.tag());
        json.writeNumberField("score", tagged.score());
        json.writeObjectFieldStart("tags");
        for (Map.Entry<String, String> layer :
                OutgoingChecks.sorted(tagged.tags()).entrySet()) {
            json.writeStringField(layer.getKey(), layer.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
