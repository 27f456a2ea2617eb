/**
 * Words to rows of the embedding table: counts, word vectors from a file, affix columns.
 *
 * <p>May use: {@code recipe} and below. Door: {@link io.tagstream.words.WordTable}.
 */
@NullMarked
package io.tagstream.words;

import org.jspecify.annotations.NullMarked;
