/**
 * Tables and figures in Markdown pages, between marks.
 *
 * <p>May use: {@code report}. Door: {@link io.tagstream.markdown.MarkedSections}.
 */
@NullMarked
package io.tagstream.markdown;

import org.jspecify.annotations.NullMarked;
