/**
 * The topology of the application: bytes in, bytes out, one processor with the store of states and that of positions. What is wrong with a record is
 * an exception here, which the handler makes a dead letter. The tagging itself, and the states, are the library's.
 *
 * <p>May use: stream, settings, position, wire, state, infer, tokenize, text. Door: {@link io.tagstream.topology.TaggingTopology}.
 */
@NullMarked
package io.tagstream.topology;

import org.jspecify.annotations.NullMarked;
