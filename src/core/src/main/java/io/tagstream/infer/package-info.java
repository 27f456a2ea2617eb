/**
 * The hidden state, one step, one tagged sentence. Sole owner of ONNX Runtime.
 *
 * <p>May use: model, text. Door: {@link io.tagstream.infer.SentenceTagger}.
 */
@NullMarked
package io.tagstream.infer;

import org.jspecify.annotations.NullMarked;
