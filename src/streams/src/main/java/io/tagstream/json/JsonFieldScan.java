package io.tagstream.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tagstream.event.StrictUtf8;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.SentenceChecks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk through one JSON object: reads the texts, sees that the whole of it is JSON, and finds the place for the tags, which is
 * behind the last field of the innermost object that is there on the way to them. Used once.
 *
 * <p>A name on the way to a text or to the tags must not be there twice in one object: JSON does not say which of the two counts.
 * Everywhere else it may be.
 */
final class JsonFieldScan {
    private final RecordFields fields;
    private final JsonParser parser;
    private final @Nullable IncomingSentence[] texts;
    private final Set<FieldTree> seen = new HashSet<>();

    // The innermost object on the way to the tags; where it ends, in characters; whether it is empty.
    private @Nullable FieldTree parent;
    private int parentEnd;
    private boolean parentIsEmpty;
    // What is on the way to the tags but no object, if anything is, and where.
    private @Nullable JsonToken obstacle;
    private String obstaclePointer = "";

    JsonFieldScan(RecordFields fields, JsonParser parser) {
        this.fields = fields;
        this.parser = parser;
        this.texts = new IncomingSentence[fields.texts().size()];
    }

    /**
     * @param root the fields to look for
     * @param json what the parser reads
     * @param value the same in bytes
     */
    TaggableRecord scan(FieldTree root, String json, byte[] value) throws IOException, UndecodableEventException {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new UndecodableEventException("the value is not a JSON object: found " + JsonText.describe(first));
        }
        object(root);
        if (parser.nextToken() != null) {
            throw new UndecodableEventException("more follows the JSON object"
                    + JsonText.where(parser.currentTokenLocation()) + ": send one object a record");
        }
        List<TaggableRecord.Text> found = found();
        if (!found.isEmpty() && obstacle != null) {
            throw new UndecodableEventException("the tags have no place at " + fields.tags() + ", for there is "
                    + JsonText.describe(obstacle) + " at " + obstaclePointer + ": choose another --tags-field");
        }
        return new JsonRecord(value, found, fields.tags(), place(json));
    }

    private List<TaggableRecord.Text> found() throws UndecodableEventException {
        List<TaggableRecord.Text> found = new ArrayList<>(texts.length);
        for (int i = 0; i < texts.length; i++) {
            IncomingSentence text = texts[i];
            FieldPointer field = fields.texts().get(i).pointer();
            if (text != null) {
                found.add(new TaggableRecord.Text(field, text));
            } else if (fields.missing() == MissingText.DEAD_LETTER) {
                throw new UndecodableEventException("field " + field
                        + " is missing or null: send it, or hand such records through with --missing-text pass");
            }
        }
        return found;
    }

    /** Behind the last value of the parent, or behind its brace where it has none. */
    private JsonRecord.Place place(String json) {
        int at = parentEnd;
        while (isBlank(json.charAt(at - 1))) {
            at--;
        }
        return new JsonRecord.Place(StrictUtf8.length(json, at), parent == null ? 0 : parent.depth(), parentIsEmpty);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private void object(FieldTree node) throws IOException, UndecodableEventException {
        boolean empty = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            empty = false;
            value(node.child(parser.currentName()), parser.nextToken());
        }
        if (node.leadsToTags() && (parent == null || parent.depth() < node.depth())) {
            parent = node;
            parentEnd = (int) parser.currentLocation().getCharOffset() - 1;
            parentIsEmpty = empty;
        }
    }

    private void array(FieldTree node) throws IOException, UndecodableEventException {
        int index = 0;
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            value(node.child(index++), item);
        }
    }

    private void value(@Nullable FieldTree node, @Nullable JsonToken token)
            throws IOException, UndecodableEventException {
        if (node == null) {
            parser.skipChildren();
            return;
        }
        if (!seen.add(node)) {
            throw new UndecodableEventException(
                    "field " + node + " is there twice, and JSON does not say which one counts: send it once");
        }
        if (node.isTags()) {
            throw new UndecodableEventException(
                    "the value already has something at " + node + ": choose another --tags-field");
        }
        if (node.text() != FieldTree.NO_TEXT) {
            texts[node.text()] = text(fields.texts().get(node.text()), token);
            return;
        }
        if (node.leadsToTags()) {
            obstacle = token == JsonToken.START_OBJECT ? null : token;
            obstaclePointer = node.toString();
        }
        if (token == JsonToken.START_OBJECT) {
            object(node);
        } else if (token == JsonToken.START_ARRAY) {
            array(node);
        }
    }

    private @Nullable IncomingSentence text(TextField field, @Nullable JsonToken token)
            throws IOException, UndecodableEventException {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String name = field.pointer().toString();
        return switch (field.kind()) {
            case TEXT -> SentenceChecks.checked("", JsonText.string(parser, token, name, "a string"), null, false);
            case TOKENS -> SentenceChecks.checked("", null, tokens(name, token), false);
        };
    }

    private List<String> tokens(String field, @Nullable JsonToken token) throws IOException, UndecodableEventException {
        if (token != JsonToken.START_ARRAY) {
            throw JsonText.wrongType(field, "an array of strings", token);
        }
        List<String> tokens = new ArrayList<>();
        for (JsonToken item = parser.nextToken(); item != JsonToken.END_ARRAY; item = parser.nextToken()) {
            tokens.add(JsonText.string(parser, item, field + "/" + tokens.size(), "a string"));
        }
        return tokens;
    }
}
