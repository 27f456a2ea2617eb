/**
 * Events on the wire to values and back, with their formats. Sole owner of Avro.
 *
 * <p>May use: text, event. Door: {@link io.tagstream.wire.EventDecoder} and {@link io.tagstream.wire.EventEncoder}.
 */
@NullMarked
package io.tagstream.wire;

import org.jspecify.annotations.NullMarked;
