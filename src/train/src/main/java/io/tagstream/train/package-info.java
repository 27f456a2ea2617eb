/**
 * Corpus to weights, by truncated back-propagation through time: vocabularies, network, learning, the parity check of the export.
 * Sole owner of libtorch ({@code org.bytedeco}).
 *
 * <p>May use: eval, export, infer, report, data, model, text. Door: {@link io.tagstream.train.Trainer}.
 */
@NullMarked
package io.tagstream.train;

import org.jspecify.annotations.NullMarked;
