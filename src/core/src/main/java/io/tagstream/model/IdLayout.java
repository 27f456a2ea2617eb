package io.tagstream.model;

import java.util.List;

/**
 * The ids that a call has for each token. They count the rows of one table, where the columns' rows follow one another: value {@code i} of a column with {@code r} rows a value
 * has the {@code r} ids from {@code first + i * r} on, {@code first} being the number of rows of the columns before. A token's ids are
 * those of its columns, one column after the other. Immutable.
 */
public final class IdLayout {
    private final int[] first;
    private final int[] rows;
    private final int width;
    private final int size;

    private IdLayout(List<FeatureColumn> columns) {
        first = new int[columns.size()];
        rows = new int[columns.size()];
        int ids = 0;
        int next = 0;
        for (int column = 0; column < rows.length; column++) {
            rows[column] = columns.get(column).rows();
            first[column] = next;
            ids += rows[column];
            next = Math.addExact(
                    next, Math.multiplyExact(columns.get(column).vocabulary().size(), rows[column]));
        }
        width = ids;
        size = next;
    }

    /** @throws ArithmeticException if the columns have more rows than an int can count */
    public static IdLayout of(ModelContract contract) {
        return new IdLayout(contract.columns());
    }

    /** The number of ids a token. */
    public int width() {
        return width;
    }

    /** The number of rows of all columns together: every id is below it. */
    public int size() {
        return size;
    }

    /**
     * The ids of a token, {@code [width]}.
     *
     * @param values the ids of its values in their columns' vocabularies, one a column
     */
    public int[] ids(int[] values) {
        int[] ids = new int[width];
        int at = 0;
        for (int column = 0; column < rows.length; column++) {
            for (int row = 0; row < rows[column]; row++) {
                ids[at++] = first[column] + values[column] * rows[column] + row;
            }
        }
        return ids;
    }
}
