/**
 * The Kafka Streams application: topology, processor, the store of hidden states and its byte format, positions in the input and the identity of an
 * application, settings, topics, runner, reset, bad records. Sole
 * owner of Kafka Streams.
 *
 * <p>May use: infer, wire, tokenize, model, text. Door: {@link io.tagstream.stream.StreamsRunner}, set by
 * {@link io.tagstream.stream.StreamSettings}; {@link io.tagstream.stream.ApplicationReset}; {@link io.tagstream.stream.TaggingTopology} for tests.
 */
@NullMarked
package io.tagstream.stream;

import org.jspecify.annotations.NullMarked;
