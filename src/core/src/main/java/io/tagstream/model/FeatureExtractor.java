package io.tagstream.model;

import io.tagstream.text.Token;
import java.util.Arrays;
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
            int[] tokenIds = ids(tokens.get(t).form());
            for (int column = 0; column < columns.length; column++) {
                ids[column][t] = tokenIds[column];
            }
        }
        for (int[] row : ids) {
            Arrays.fill(row, length, row.length, Vocabulary.END);
        }
        return ids;
    }

    /** The ids of a form, one a column; they depend on the form alone. */
    public int[] ids(String form) {
        String lower = form.toLowerCase(Locale.ROOT);
        int[] ids = new int[columns.length];
        for (int column = 0; column < columns.length; column++) {
            FeatureColumn recipe = columns[column];
            ids[column] = recipe.vocabulary().id(value(recipe.kind(), recipe.length(), form, lower));
        }
        return ids;
    }

    /** The value of a feature for a form, as it stands in the column's vocabulary. */
    public static String value(FeatureColumn.Kind kind, int length, String form) {
        return value(kind, length, form, form.toLowerCase(Locale.ROOT));
    }

    private static String value(FeatureColumn.Kind kind, int length, String form, String lower) {
        return switch (kind) {
            case WORD -> lower;
            case PREFIX -> prefix(lower, length);
            case SUFFIX -> suffix(lower, length);
            case SHAPE -> shape(form);
        };
    }

    // Walks no further than the affix: a form may be as long as a record.
    private static String prefix(String lower, int length) {
        int end = 0;
        for (int count = 0; count < length && end < lower.length(); count++) {
            end = lower.offsetByCodePoints(end, 1);
        }
        return lower.substring(0, end);
    }

    private static String suffix(String lower, int length) {
        int start = lower.length();
        for (int count = 0; count < length && start > 0; count++) {
            start = lower.offsetByCodePoints(start, -1);
        }
        return lower.substring(start);
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
