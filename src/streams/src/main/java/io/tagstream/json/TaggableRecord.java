package io.tagstream.json;

import io.tagstream.wire.IncomingSentence;
import java.util.List;

/** A record that was read: its texts, and the place for their tags. */
public interface TaggableRecord {
    /**
     * One text of the record.
     *
     * @param field where it stands
     * @param sentence what stands there
     */
    record Text(FieldPointer field, IncomingSentence sentence) {}

    /** The texts that the record has, in the order in which they are tagged; empty where it goes out as it came. */
    List<Text> texts();

    /**
     * The value with the tags in it; everything else is as it came.
     *
     * @throws IllegalArgumentException if the format cannot say the tags
     */
    byte[] withTags(RecordTags tags);
}
