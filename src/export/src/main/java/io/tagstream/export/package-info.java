/**
 * Weights and contract to one {@code .onnx} file. Sole owner of the ONNX protobuf classes.
 *
 * <p>May use: model, text. Door: {@link io.tagstream.export.ModelExporter}.
 */
@NullMarked
package io.tagstream.export;

import org.jspecify.annotations.NullMarked;
