/**
 * JSON as it comes: fields by pointers, texts and tags put into the bytes of a record, values of a sentence.
 *
 * <p>May use: wire, event, text. Door: {@link io.tagstream.json.JsonRecordReader}.
 */
@NullMarked
package io.tagstream.json;

import org.jspecify.annotations.NullMarked;
