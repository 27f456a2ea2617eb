package io.tagstream.report;

import java.util.Arrays;
import java.util.List;

/**
 * Values by category as dots, for values that lie too close together for bars from zero.
 *
 * @param title what it shows
 * @param y the name of the y axis, with its unit
 * @param categories left to right, at least one; no two alike
 * @param series at least one
 */
public record DotChart(String title, String y, List<String> categories, List<Dots> series) implements Figure {
    public DotChart {
        categories = List.copyOf(categories);
        series = List.copyOf(series);
        if (categories.isEmpty() || series.isEmpty()) {
            throw new IllegalArgumentException("chart '" + title + "' has no category or no series of dots");
        }
        for (Dots dots : series) {
            if (dots.values().length != categories.size()) {
                throw new IllegalArgumentException("the dots '" + dots.name() + "' are " + dots.values().length
                        + ", the categories " + categories.size());
            }
        }
    }

    /**
     * Dots of one colour.
     *
     * @param name as the legend has it; no two of a chart alike
     * @param values one a category, NaN where there is none, which is not everywhere
     */
    public record Dots(String name, double[] values) {
        public Dots {
            if (Arrays.stream(values).allMatch(Double::isNaN)) {
                throw new IllegalArgumentException("there is no value for the dots '" + name + "'");
            }
            values = values.clone();
        }
    }
}
