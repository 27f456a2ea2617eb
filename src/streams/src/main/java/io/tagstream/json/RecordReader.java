package io.tagstream.json;

import io.tagstream.event.UndecodableEventException;

/**
 * Finds the texts in records whose shape is not ours. This is the door for every format whose records go out as they came, with
 * the tags in addition: JSON is one, Avro with the schema of another writer can be the next. An instance belongs to one thread.
 */
public interface RecordReader {
    /**
     * @param value the record's value, not null
     * @throws UndecodableEventException if the bytes are not of this format, if a field to tag holds something else than a text, if it
     *     is missing and {@link MissingText#DEAD_LETTER} holds, or if the tags have no place; the message says what is wrong and never
     *     quotes the payload
     */
    TaggableRecord read(byte[] value) throws UndecodableEventException;
}
