/**
 * Measures speed and accuracy side by side: the shipped models against their peers on the JVM, in one run. OpenNLP is used here, as the
 * peer that is measured.
 *
 * <p>May use: stream, broker, eval, infer, data, wire, tokenize, model, text. Door: {@link io.tagstream.bench.TaggerBench}.
 */
@NullMarked
package io.tagstream.bench;

import org.jspecify.annotations.NullMarked;
