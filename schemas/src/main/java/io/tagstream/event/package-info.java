/**
 * The events as Avro classes, generated from the schemas, and how they are read and written: single-object encoding with the bundled history
 * of schemas, strings that must be UTF-8, the key of a stream.
 *
 * <p>Each class of ours is {@code @NullMarked} by itself: the generated ones, which share the package, do not say what may be null.
 *
 * <p>May use: nothing. Sole owner of Avro.
 */
package io.tagstream.event;
