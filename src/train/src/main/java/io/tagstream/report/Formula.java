package io.tagstream.report;

import java.util.Set;

/**
 * A formula in a plain notation, as MathML, which browsers draw by themselves: {@code h_t = tanh(W_{xh} x_t + b)}. A lower or upper
 * index follows {@code _} or {@code ^}, braces group, {@code frac{a}{b}} is a fraction, {@code "words"} are words; the names
 * of functions stand upright, all other letters are variables; Greek letters and signs stand for themselves.
 */
final class Formula {
    private static final Set<String> UPRIGHT = Set.of("tanh", "ln", "exp", "softmax", "diag");

    private final String source;
    private int at;

    private Formula(String source) {
        this.source = source;
    }

    /** @param block whether it has a line of its own */
    static String mathml(String source, boolean block) {
        Formula formula = new Formula(source);
        String row = formula.row();
        if (formula.at < source.length()) {
            throw new IllegalArgumentException("formula '" + source + "' has a brace too many at " + formula.at);
        }
        return "<math" + (block ? " display=\"block\"" : "") + ">" + row + "</math>";
    }

    private String row() {
        StringBuilder row = new StringBuilder("<mrow>");
        while (at < source.length() && source.charAt(at) != '}') {
            if (Character.isWhitespace(source.charAt(at))) {
                at++;
            } else {
                row.append(indexed());
            }
        }
        return row.append("</mrow>").toString();
    }

    private String indexed() {
        String base = atom();
        String below = "";
        String above = "";
        while (at < source.length() && (source.charAt(at) == '_' || source.charAt(at) == '^')) {
            boolean lower = source.charAt(at++) == '_';
            String index = atom();
            if (lower) {
                below = index;
            } else {
                above = index;
            }
        }
        if (!below.isEmpty() && !above.isEmpty()) {
            return "<msubsup>" + base + below + above + "</msubsup>";
        }
        if (!below.isEmpty()) {
            return "<msub>" + base + below + "</msub>";
        }
        return above.isEmpty() ? base : "<msup>" + base + above + "</msup>";
    }

    private String atom() {
        if (at == source.length()) {
            throw new IllegalArgumentException("formula '" + source + "' ends too early");
        }
        char first = source.charAt(at);
        if (first == '{') {
            at++;
            String row = row();
            expect('}');
            return row;
        }
        if (first == '"') {
            int end = source.indexOf('"', at + 1);
            if (end < 0) {
                throw new IllegalArgumentException("formula '" + source + "' has words without an end");
            }
            String words = source.substring(at + 1, end);
            at = end + 1;
            return "<mtext>" + PlainText.escape(words) + "</mtext>";
        }
        if (Character.isDigit(first)) {
            return "<mn>" + take(true) + "</mn>";
        }
        if (Character.isLetter(first)) {
            return word(take(false));
        }
        at++;
        return "<mo>" + (first == '-' ? "\u2212" : PlainText.escape(String.valueOf(first))) + "</mo>";
    }

    private String word(String word) {
        if (word.equals("frac")) {
            return "<mfrac>" + atom() + atom() + "</mfrac>";
        }
        if (UPRIGHT.contains(word)) {
            // A thin space, but not before what hugs the name: an index or a bracket.
            boolean hugged = at < source.length() && "_^(}".indexOf(source.charAt(at)) >= 0;
            return "<mi mathvariant=\"normal\">" + word + "</mi>" + (hugged ? "" : "<mspace width=\"0.17em\"/>");
        }
        StringBuilder letters = new StringBuilder();
        word.codePoints()
                .forEach(
                        letter -> letters.append("<mi>").appendCodePoint(letter).append("</mi>"));
        return word.codePointCount(0, word.length()) == 1 ? letters.toString() : "<mrow>" + letters + "</mrow>";
    }

    private String take(boolean number) {
        int from = at;
        while (at < source.length() && (number ? isNumber(source.charAt(at)) : Character.isLetter(source.charAt(at)))) {
            at++;
        }
        return source.substring(from, at);
    }

    private static boolean isNumber(char character) {
        return Character.isDigit(character) || character == '.';
    }

    private void expect(char character) {
        if (at == source.length() || source.charAt(at) != character) {
            throw new IllegalArgumentException("formula '" + source + "' lacks a '" + character + "' at " + at);
        }
        at++;
    }
}
