/**
 * ONNX Runtime's native library, a session of it over one model file, and what calls show of that file.
 *
 * <p>May use: {@code model}, {@code text}. ONNX Runtime is used here and in {@code infer} alone.
 */
@NullMarked
package io.tagstream.onnx;

import org.jspecify.annotations.NullMarked;
