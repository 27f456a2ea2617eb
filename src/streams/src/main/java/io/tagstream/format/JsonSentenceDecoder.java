package io.tagstream.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.json.JsonText;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.SentenceChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code SentenceEvent} as plain JSON: one object with the schema's field names, each with its default where it is
 * missing. Fields of other names are ignored, so that producers can be ahead of us; a name that is there twice is not.
 */
final class JsonSentenceDecoder implements EventDecoder {
    @Override
    public IncomingSentence decode(byte[] value) throws UndecodableEventException {
        String json = JsonText.decode(value);
        try (JsonParser parser = JsonText.FACTORY.createParser(json)) {
            return event(parser);
        } catch (JsonProcessingException e) {
            throw JsonText.undecodable(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private static IncomingSentence event(JsonParser parser) throws IOException, UndecodableEventException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new UndecodableEventException("the value is not a JSON object: found " + JsonText.describe(first));
        }
        String sentenceId = "";
        String text = null;
        List<String> tokens = null;
        boolean beginsDocument = false;
        Set<String> names = new HashSet<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (!names.add(name)) {
                throw new UndecodableEventException("a field is there for the second time"
                        + JsonText.where(parser.currentTokenLocation()) + ": give each field once");
            }
            JsonToken token = parser.nextToken();
            switch (name) {
                case "sentence_id" -> sentenceId = JsonText.string(parser, token, name, "a string");
                case "text" ->
                    text = token == JsonToken.VALUE_NULL
                            ? null
                            : JsonText.string(parser, token, name, "a string or null");
                case "tokens" -> tokens = token == JsonToken.VALUE_NULL ? null : strings(parser, token, name);
                case "begins_document" -> beginsDocument = bool(token, name);
                default -> parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new UndecodableEventException("more follows the JSON object"
                    + JsonText.where(parser.currentTokenLocation()) + ": send one event a record");
        }
        return SentenceChecks.checked(sentenceId, text, tokens, beginsDocument);
    }

    private static List<String> strings(JsonParser parser, @Nullable JsonToken token, String field)
            throws IOException, UndecodableEventException {
        if (token != JsonToken.START_ARRAY) {
            throw JsonText.wrongType(field, "an array of strings or null", token);
        }
        List<String> strings = new ArrayList<>();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            strings.add(JsonText.string(parser, item, field + "[" + strings.size() + "]", "a string"));
        }
        return strings;
    }

    private static boolean bool(@Nullable JsonToken token, String field) throws UndecodableEventException {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw JsonText.wrongType(field, "true or false", token);
        }
        return token == JsonToken.VALUE_TRUE;
    }
}
