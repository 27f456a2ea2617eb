package io.tagstream.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.SentenceChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a JSON value, named by a JSON pointer (RFC 6901), whose text names something: a string, a number as it is written, or
 * {@code true} or {@code false}. Reads the whole value, so that what is not JSON is refused. Any thread.
 */
public final class JsonField {
    private static final Pattern INDEX = Pattern.compile("0|[1-9]\\d{0,8}");

    private final String pointer;
    private final List<String> path;

    /** @throws IllegalArgumentException if this is no JSON pointer to a field; the message is for the user */
    public JsonField(String pointer) {
        this.pointer = pointer;
        this.path = FieldPointer.parse(pointer).names();
    }

    /** @throws UndecodableEventException if the value is not JSON, or has no such field, or it has no text */
    public String text(byte[] value) throws UndecodableEventException {
        String json = JsonText.decode(value);
        try (JsonParser parser = JsonText.RECORDS.createParser(json)) {
            parser.nextToken();
            String text = find(parser, 0);
            if (parser.nextToken() != null) {
                throw new UndecodableEventException("more follows the JSON value"
                        + JsonText.where(parser.currentTokenLocation()) + ": send one event a record");
            }
            if (text == null) {
                throw new UndecodableEventException("the value has no field " + pointer);
            }
            return text;
        } catch (JsonProcessingException e) {
            throw JsonText.undecodable(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** Reads the value at which the parser stands, with all that is in it; null if the rest of the path leads nowhere. */
    private @Nullable String find(JsonParser parser, int depth) throws IOException, UndecodableEventException {
        if (depth == path.size()) {
            return scalar(parser);
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            return inObject(parser, depth);
        }
        return parser.currentToken() == JsonToken.START_ARRAY ? inArray(parser, depth) : null;
    }

    private @Nullable String inObject(JsonParser parser, int depth) throws IOException, UndecodableEventException {
        String text = null;
        boolean found = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isIt = parser.currentName().equals(path.get(depth));
            parser.nextToken();
            if (!isIt) {
                parser.skipChildren();
                continue;
            }
            if (found) {
                throw new UndecodableEventException(
                        "the field /" + String.join("/", path.subList(0, depth + 1)) + " is there for the second time"
                                + JsonText.where(parser.currentTokenLocation()) + ": give each field once");
            }
            found = true;
            text = find(parser, depth + 1);
        }
        return text;
    }

    private @Nullable String inArray(JsonParser parser, int depth) throws IOException, UndecodableEventException {
        String name = path.get(depth);
        int wanted = INDEX.matcher(name).matches() ? Integer.parseInt(name) : -1;
        String text = null;
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == wanted) {
                text = find(parser, depth + 1);
            } else {
                parser.skipChildren();
            }
        }
        return text;
    }

    private String scalar(JsonParser parser) throws IOException, UndecodableEventException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case VALUE_STRING -> SentenceChecks.wellFormed(parser.getText(), pointer);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> parser.getText();
            case VALUE_NULL -> throw new UndecodableEventException("the field " + pointer + " is null");
            default ->
                throw new UndecodableEventException("the field " + pointer + " is "
                        + (token == JsonToken.START_OBJECT ? "an object" : "an array")
                        + ", and not a string, a number or a boolean");
        };
    }
}
