/**
 * The events as Avro classes, generated from the schemas, and how they are read and written: single-object encoding with the bundled history
 * of schemas, strings that must be UTF-8, the key of a stream.
 *
 * <p>May use: nothing. Sole owner of Avro.
 */
@NullMarked
package io.tagstream.event;

import org.jspecify.annotations.NullMarked;
