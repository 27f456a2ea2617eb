/**
 * Documents to batches: which pieces stand side by side in a step, and what of the corpus an epoch shows.
 *
 * <p>May use: {@code encode} and below. Door: {@link io.tagstream.batch.BatchPacker}.
 */
@NullMarked
package io.tagstream.batch;

import org.jspecify.annotations.NullMarked;
