package io.tagstream.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.tagstream.event.UndecodableEventException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds the texts in JSON objects of any shape, and puts the tags into the bytes as they came. */
public final class JsonRecordReader implements RecordReader {
    private final RecordFields fields;
    private final FieldTree tree;

    public JsonRecordReader(RecordFields fields) {
        this.fields = fields;
        this.tree = FieldTree.of(fields);
    }

    @Override
    public TaggableRecord read(byte[] value) throws UndecodableEventException {
        String json = JsonText.decode(value);
        try (JsonParser parser = JsonText.RECORDS.createParser(json)) {
            return new JsonFieldScan(fields, parser).scan(tree, json, value);
        } catch (JsonProcessingException e) {
            throw JsonText.undecodable(e);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }
}
