/**
 * Measures a model on a labelled corpus: accuracy by layer and CPU time.
 *
 * <p>May use: infer, data, model, text. Door: {@link io.tagstream.eval.Evaluator}.
 */
@NullMarked
package io.tagstream.eval;

import org.jspecify.annotations.NullMarked;
