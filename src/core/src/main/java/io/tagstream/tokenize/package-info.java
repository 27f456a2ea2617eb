/**
 * Raw text to tokens with offsets, by the conventions of UD English. Owner of OpenNLP, which {@code bench} alone uses besides, as a
 * peer to measure.
 *
 * <p>A text is cut at whitespace into chunks; a chunk of letters alone is a word, save for those of {@code WordCuts}; any
 * other is split into {@code Runs}, {@code Borders} decides what rules can, and {@code BoundaryModel} the rest. The model's
 * data, licence and recipe stand in {@code tokenize/ud-english.md} beside it.
 *
 * <p>May use: text. Door: {@link io.tagstream.tokenize.Tokenizers}.
 */
@NullMarked
package io.tagstream.tokenize;

import org.jspecify.annotations.NullMarked;
