/**
 * The formats on the wire: Avro, JSON and text, each to values and back.
 *
 * <p>May use: json, wire, event, text. Door: {@link io.tagstream.format.WireFormats}.
 */
@NullMarked
package io.tagstream.format;

import org.jspecify.annotations.NullMarked;
