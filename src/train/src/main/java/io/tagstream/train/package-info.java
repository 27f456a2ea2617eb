/**
 * Corpus to model file, by truncated back-propagation through time: epochs, checkpoints, progress.
 *
 * <p>May use: {@code page}, {@code result}, {@code network} and below. Door: {@link io.tagstream.train.Trainer}.
 */
@NullMarked
package io.tagstream.train;

import org.jspecify.annotations.NullMarked;
