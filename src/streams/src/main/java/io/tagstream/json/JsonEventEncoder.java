package io.tagstream.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingChecks;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code TaggedSentence} or {@code TokenEvent} as one line of plain JSON, UTF-8: the schema's field names in its order,
 * tags in the order of their layers' names, scores in the shortest form that reads back as the same float.
 */
public final class JsonEventEncoder implements EventEncoder {
    private static final int INITIAL_SIZE = 1024;

    private final Emit emit;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_SIZE);

    public JsonEventEncoder(Emit emit) {
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
            write(json, sentence.source());
            json.writeStringField("text", sentence.text());
            json.writeArrayFieldStart("tokens");
            for (TokenTags token : sentence.tokens()) {
                write(json, token);
            }
            json.writeEndArray();
            json.writeStringField("state_digest", sentence.stateDigest());
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
            write(json, token.source());
            json.writeStringField("state_digest", token.stateDigest());
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static void write(JsonGenerator json, @Nullable EventSource source) throws IOException {
        if (source == null) {
            json.writeNullField("source");
            return;
        }
        json.writeObjectFieldStart("source");
        json.writeStringField("topic", source.topic());
        json.writeNumberField("partition", source.partition());
        json.writeNumberField("offset", source.offset());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, TokenTags tagged) throws IOException {
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
