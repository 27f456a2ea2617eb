package io.tagstream.tokenize;

import io.tagstream.text.Token;
import java.util.List;

/** What every tokenizer promises of any text, checked with the JDK's own notion of whitespace and marks. */
final class TokenizerGuarantees {
    private TokenizerGuarantees() {}

    static void check(String text, List<Token> tokens) {
        int at = 0;
        for (Token token : tokens) {
            require(token.start() >= at && token.end() > token.start(), "order", token.start(), text);
            require(token.end() <= text.length(), "bounds", token.end(), text);
            require(token.form().equals(text.substring(token.start(), token.end())), "form", token.start(), text);
            checkGap(text, at, token.start());
            for (int inside = token.start(); inside < token.end(); inside++) {
                require(!isBlank(text.charAt(inside)), "whitespace in a token", inside, text);
            }
            checkCut(text, token.start());
            checkCut(text, token.end());
            at = token.end();
        }
        checkGap(text, at, text.length());
    }

    private static void checkGap(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            require(isBlank(text.charAt(at)), "a character in no token", at, text);
        }
    }

    private static void checkCut(String text, int at) {
        if (at == 0 || at == text.length() || isBlank(text.charAt(at - 1)) || isBlank(text.charAt(at))) {
            return;
        }
        boolean inPair = Character.isHighSurrogate(text.charAt(at - 1)) && Character.isLowSurrogate(text.charAt(at));
        require(!inPair, "a cut in a surrogate pair", at, text);
        int type = Character.getType(text.codePointAt(at));
        boolean mark = type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
        require(!mark, "a mark cut off", at, text);
    }

    /** A plain check: millions of them are made, too many for an assertion library's objects. */
    private static void require(boolean held, String guarantee, int at, String text) {
        if (!held) {
            throw new AssertionError(guarantee + " at " + at + " of " + escaped(text));
        }
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || "\u0085\u200B\uFEFF".indexOf(c) >= 0;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.chars().limit(200).forEach(c -> {
            if (c > ' ' && c < 0x7F) {
                escaped.append((char) c);
            } else {
                escaped.append(String.format("\\u%04X", c));
            }
        });
        return escaped.toString();
    }
}
