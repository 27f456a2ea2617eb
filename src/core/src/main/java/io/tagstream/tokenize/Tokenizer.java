package io.tagstream.tokenize;

import io.tagstream.text.Token;
import java.util.List;

/** Cuts raw text into tokens. An instance belongs to one thread. */
public interface Tokenizer {
    /**
     * The tokens of a text in their order, with their offsets; forms are substrings of the text. White space is never
     * part of a token; a blank text has no tokens.
     */
    List<Token> tokenize(String text);
}
