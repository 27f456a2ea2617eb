/**
 * A fair comparison: networks that differ in one choice, trained from several seeds each, and what a memory over sentences buys them;
 * findings in a file, tables in Markdown, figures.
 *
 * <p>May use: train, eval, infer, report, data, model, text. Door: {@link io.tagstream.compare.Comparison}.
 */
@NullMarked
package io.tagstream.compare;

import org.jspecify.annotations.NullMarked;
