/**
 * Scores tokenization and tagging together on raw text, as the CoNLL 2018 shared task defines them.
 *
 * <p>May use: {@code eval} and below. Door: {@link io.tagstream.rawtext.RawTextEvaluator}.
 */
@NullMarked
package io.tagstream.rawtext;

import org.jspecify.annotations.NullMarked;
