package io.tagstream.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.OutgoingChecks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A JSON object as it came, in bytes, and the place for the tags in it.
 *
 * @param value the bytes
 * @param texts the texts that it has
 * @param tagsField where the tags go
 * @param place the same in the bytes
 */
record JsonRecord(byte[] value, List<TaggableRecord.Text> texts, FieldPointer tagsField, Place place)
        implements TaggableRecord {
    private static final int BYTES_A_TOKEN = 96;

    /**
     * @param at where the tags are put in, in bytes
     * @param depth how many names of the pointer to the tags lead to the object that is there; those between it and the tags are not
     *     there, and are made
     * @param inEmptyObject whether that object has no field yet
     */
    record Place(int at, int depth, boolean inEmptyObject) {}

    JsonRecord {
        texts = List.copyOf(texts);
    }

    @Override
    public byte[] withTags(RecordTags tags) {
        int tokens = 0;
        for (RecordTags.TaggedField text : tags.texts()) {
            OutgoingChecks.check(text.tokens());
            tokens += text.tokens().size();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(256 + BYTES_A_TOKEN * tokens);
        try (JsonGenerator json = JsonText.FACTORY.createGenerator(out)) {
            List<String> names =
                    tagsField.names().subList(place.depth(), tagsField.names().size());
            for (String name : names) {
                json.writeStartObject();
                json.writeFieldName(name);
            }
            write(json, tags);
            for (int i = 0; i < names.size(); i++) {
                json.writeEndObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return splice(out.toByteArray());
    }

    private static void write(JsonGenerator json, RecordTags tags) throws IOException {
        json.writeStartObject();
        json.writeNumberField("sequence", tags.sequence());
        json.writeStringField("model", tags.model());
        JsonEventEncoder.write(json, tags.source());
        json.writeStringField("state_digest", tags.stateDigest());
        json.writeObjectFieldStart("tokens");
        for (RecordTags.TaggedField text : tags.texts()) {
            json.writeArrayFieldStart(text.field().toString());
            for (TokenTags token : text.tokens()) {
                JsonEventEncoder.write(json, token);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The value with the fields of an object, without its braces, put in. */
    private byte[] splice(byte[] object) {
        int comma = place.inEmptyObject() ? 0 : 1;
        int added = comma + object.length - 2;
        byte[] spliced = new byte[value.length + added];
        System.arraycopy(value, 0, spliced, 0, place.at());
        if (comma == 1) {
            spliced[place.at()] = ',';
        }
        System.arraycopy(object, 1, spliced, place.at() + comma, object.length - 2);
        System.arraycopy(value, place.at(), spliced, place.at() + added, value.length - place.at());
        return spliced;
    }
}
