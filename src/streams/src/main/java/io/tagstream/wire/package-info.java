/**
 * Sentences as they come in and go out: values, what reads and writes them, and their checks, apart from any format.
 *
 * <p>What comes in is checked once, and for good: strict UTF-8, no length believed, exactly one of text and tokens. What is wrong is an {@link
 * io.tagstream.event.UndecodableEventException} that says what to do and never quotes the payload.
 *
 * <p>May use: event, text.
 */
@NullMarked
package io.tagstream.wire;

import org.jspecify.annotations.NullMarked;
