package io.tagstream.report;

import java.util.List;

/**
 * A table of numbers as colours.
 *
 * @param title what it shows
 * @param columns names of the columns, left to right; no two alike
 * @param rows names of the rows, top to bottom; no two alike
 * @param values {@code [rows][columns]}
 * @param least the value of the palest colour
 * @param most the value of the darkest colour
 * @param numbers whether each value is also written, as a whole number
 */
public record HeatMap(
        String title,
        List<String> columns,
        List<String> rows,
        double[][] values,
        double least,
        double most,
        boolean numbers)
        implements Figure {
    public HeatMap {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        if (columns.isEmpty() || values.length != rows.size() || rows.isEmpty()) {
            throw new IllegalArgumentException("heat map '" + title + "' has " + values.length + " rows of values for "
                    + rows.size() + " names of rows, expected as many, and some");
        }
        double[][] copy = new double[values.length][];
        for (int row = 0; row < copy.length; row++) {
            if (values[row].length != columns.size()) {
                throw new IllegalArgumentException("row " + row + " of heat map '" + title + "' has "
                        + values[row].length + " values, expected " + columns.size());
            }
            copy[row] = values[row].clone();
        }
        values = copy;
    }
}
