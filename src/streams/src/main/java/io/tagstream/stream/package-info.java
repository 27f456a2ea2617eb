/**
 * A tagging step for anybody's Kafka Streams topology. A record gives a tagged sentence or a bad record, and the state of its stream lies in a store
 * that the step brings.
 *
 * <p>May use: state, wire, event, infer, tokenize, model, text. Door: {@link io.tagstream.stream.TaggingStep}, set by
 * {@link io.tagstream.stream.TaggingSettings}; its results are {@link io.tagstream.stream.TaggingResult}s. {@link io.tagstream.stream.StreamStates} and
 * {@link io.tagstream.stream.SentenceTagging} are public for the application of Tagstream alone.
 */
@NullMarked
package io.tagstream.stream;

import org.jspecify.annotations.NullMarked;
