package io.tagstream.tokenize;

import io.tagstream.text.Token;
import io.tagstream.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/** Tokens are what stands between whitespace. */
final class WhitespaceTokenizer implements Tokenizer {
    @Override
    public List<Token> tokenize(String text) {
        List<Token> tokens = new ArrayList<>();
        int length = text.length();
        for (int at = 0; at < length; at++) {
            if (Whitespace.is(text.charAt(at))) {
                continue;
            }
            int start = at;
            while (at < length && !Whitespace.is(text.charAt(at))) {
                at++;
            }
            tokens.add(new Token(text.substring(start, at), start, at));
        }
        return tokens;
    }
}
