/**
 * Measures a model on a labelled corpus: accuracy by layer, by tag and on known and unknown words, calibration, CPU time; tokenisation and
 * tagging together on raw text; what a growing sentence changes.
 *
 * <p>May use: infer, data, model, text. Doors: {@link io.tagstream.eval.Evaluator}, {@link io.tagstream.rawtext.RawTextEvaluator}, {@link
 * io.tagstream.eval.StreamingEvaluator}.
 */
@NullMarked
package io.tagstream.eval;

import org.jspecify.annotations.NullMarked;
