/**
 * Figures and self-contained HTML pages: values in, text out. Sole owner of the plot library (XChart) and of the library that it draws
 * SVG with.
 *
 * <p>May use: text. Doors: {@link io.tagstream.report.Page} for a page, {@link io.tagstream.report.LineChart} and {@link
 * io.tagstream.report.HeatMap} for what stands in it. Whatever is text is escaped here, so callers pass it as it is.
 */
@NullMarked
package io.tagstream.report;

import org.jspecify.annotations.NullMarked;
