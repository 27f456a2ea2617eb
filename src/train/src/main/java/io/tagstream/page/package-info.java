/**
 * The page about a training run.
 *
 * <p>May use: {@code result}, {@code report} and below. Door: {@link io.tagstream.page.RunPage}.
 */
@NullMarked
package io.tagstream.page;

import org.jspecify.annotations.NullMarked;
