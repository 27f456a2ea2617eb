/**
 * Reads labelled corpora.
 *
 * <p>May use: text. Door: {@link io.tagstream.data.ConlluReader}.
 */
@NullMarked
package io.tagstream.data;

import org.jspecify.annotations.NullMarked;
