/**
 * Raw text to tokens with offsets, by the conventions of UD English. Sole owner of OpenNLP.
 *
 * <p>May use: text. Door: {@link io.tagstream.tokenize.Tokenizer}.
 */
@NullMarked
package io.tagstream.tokenize;

import org.jspecify.annotations.NullMarked;
