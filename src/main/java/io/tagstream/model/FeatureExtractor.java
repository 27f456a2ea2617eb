package io.tagstream.model;

import io.tagstream.text.Token;
import java.util.List;
import java.util.Locale;

/** Turns tokens into the ids of a model's feature columns. Immutable, for any thread. */
public final class FeatureExtractor {
    private static final int LONGEST_RUN = 2;

    private final FeatureColumn[] columns;
    private final int lookAhead;

    public FeatureExtractor(List<FeatureColumn> columns, int lookAhead) {
        this.columns = columns.toArray(FeatureColumn[]::new);
        this.lookAhead = lookAhead;
    }

    /** The ids of some tokens, {@code [columns][T + look-ahead]}: the end symbols follow the tokens. */
    public int[][] ids(List<Token> tokens) {
        int length = tokens.size();
        int[][] ids = new int[columns.length][length + lookAhead];
        for (int t = 0; t < length; t++) {
            String form = tokens.get(t).form();
            String lower = form.toLowerCase(Locale.ROOT);
            for (int column = 0; column < columns.length; column++) {
                ids[column][t] = columns[column].vocabulary().id(value(columns[column], form, lower));
            }
        }
        for (int[] row : ids) {
            java.util.Arrays.fill(row, length, row.length, Vocabulary.END);
        }
        return ids;
    }

    /** The value of a feature for a form, as it stands in the column's vocabulary. */
    public static String value(FeatureColumn.Kind kind, int length, String form) {
        return value(kind, length, form, form.toLowerCase(Locale.ROOT));
    }

    private static String value(FeatureColumn column, String form, String lower) {
        return value(column.kind(), column.length(), form, lower);
    }

    private static String value(FeatureColumn.Kind kind, int length, String form, String lower) {
        return switch (kind) {
            case WORD -> lower;
            case PREFIX ->
                lower.codePointCount(0, lower.length()) <= length
                        ? lower
                        : lower.substring(0, lower.offsetByCodePoints(0, length));
            case SUFFIX ->
                lower.codePointCount(0, lower.length()) <= length
                        ? lower
                        : lower.substring(lower.offsetByCodePoints(lower.length(), -length));
            case SHAPE -> shape(form);
        };
    }

    private static String shape(String form) {
        StringBuilder shape = new StringBuilder();
        int last = -1;
        int run = 0;
        for (int at = 0; at < form.length(); ) {
            int character = form.codePointAt(at);
            at += Character.charCount(character);
            int kind = kind(character);
            run = kind == last ? run + 1 : 1;
            last = kind;
            if (run <= LONGEST_RUN) {
                shape.appendCodePoint(kind);
            }
        }
        return shape.toString();
    }

    private static int kind(int character) {
        if (Character.isUpperCase(character)) {
            return 'X';
        }
        if (Character.isLetter(character)) {
            return 'x';
        }
        return Character.isDigit(character) ? 'd' : character;
    }
}
