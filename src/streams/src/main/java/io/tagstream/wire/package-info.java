/**
 * Events on the wire to values and back, with their formats. Sole owner of Avro; Avro's classes stay inside.
 *
 * <p>What comes in is checked here once, and for good: strict UTF-8, no length believed, exactly one of text and tokens. What is
 * wrong is an {@link io.tagstream.wire.UndecodableEventException} that says what to do and never quotes the payload.
 *
 * <p>May use: text, event. Door: {@link io.tagstream.wire.WireFormats}, {@link io.tagstream.wire.StreamKey} and {@link
 * io.tagstream.wire.JsonField}; for records whose shape is not ours {@link io.tagstream.wire.RecordReader}.
 */
@NullMarked
package io.tagstream.wire;

import org.jspecify.annotations.NullMarked;
