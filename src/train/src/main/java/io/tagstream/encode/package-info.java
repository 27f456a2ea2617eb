/**
 * Labelled sentences to ids and targets: pieces of documents, label layers, soft labels of teachers and of machine-labelled text.
 *
 * <p>May use: {@code words}, {@code recipe}, {@code infer} and below. Door: {@link io.tagstream.encode.CorpusEncoder}.
 */
@NullMarked
package io.tagstream.encode;

import org.jspecify.annotations.NullMarked;
