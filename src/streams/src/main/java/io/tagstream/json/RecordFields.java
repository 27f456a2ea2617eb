package io.tagstream.json;

import io.tagstream.text.UsageException;
import java.util.List;

/**
 * Which fields of a record are tagged, and where their tags go. For records of any shape, which go out as they came with the tags in
 * addition.
 *
 * @param texts the fields to tag, in the order in which they are tagged
 * @param tags where the tags go
 * @param missing what happens to a record that lacks one of the texts
 */
public record RecordFields(List<TextField> texts, FieldPointer tags, MissingText missing) {
    /** Where the tags go unless told otherwise. */
    public static final FieldPointer DEFAULT_TAGS = FieldPointer.parse("/tagstream");

    /** @throws UsageException with one sentence for the user, if the fields are in each other's way */
    public RecordFields {
        texts = List.copyOf(texts);
        if (texts.isEmpty()) {
            throw new UsageException("texts must be at least one field, got none");
        }
        for (int i = 0; i < texts.size(); i++) {
            FieldPointer text = texts.get(i).pointer();
            for (TextField earlier : texts.subList(0, i)) {
                FieldPointer other = earlier.pointer();
                if (text.equals(other)) {
                    throw new UsageException("the field " + text + " is to be tagged twice: name it once");
                }
                if (text.contains(other) || other.contains(text)) {
                    throw new UsageException("the fields " + other + " and " + text
                            + " are to be tagged, but one is inside the other: name fields that are apart");
                }
            }
            if (text.contains(tags) || tags.contains(text)) {
                throw new UsageException("tags must lie apart from every text, got " + tags + " where " + text
                        + " is tagged: choose a place that is neither inside a text nor has one inside");
            }
        }
    }
}
