/**
 * Reads labelled corpora.
 *
 * <p>May use: text. Doors: {@link io.tagstream.data.CorpusReader} for either format, {@link io.tagstream.data.ConlluReader} for CoNLL-U alone.
 */
@NullMarked
package io.tagstream.data;

import org.jspecify.annotations.NullMarked;
