package io.tagstream.report;

import java.util.List;

/**
 * Lines over a common x axis.
 *
 * @param title what it shows
 * @param x the name of the x axis
 * @param y the left axis
 * @param lines at least one; on a logarithmic axis points that are not positive are left out
 */
public record LineChart(String title, String x, Axis y, List<Line> lines) implements Figure {
    public LineChart {
        lines = List.copyOf(lines);
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("chart '" + title + "' has no line");
        }
    }

    /**
     * An axis.
     *
     * @param name what it measures, with its unit
     * @param least its lower end, NaN to take it from the values
     * @param most its upper end, NaN to take it from the values
     * @param logarithmic whether each step is a factor
     */
    public record Axis(String name, double least, double most, boolean logarithmic) {
        public static Axis of(String name) {
            return new Axis(name, Double.NaN, Double.NaN, false);
        }

        public static Axis between(String name, double least, double most) {
            return new Axis(name, least, most, false);
        }

        /** @param least above 0; what is smaller is not drawn */
        public static Axis logarithmic(String name, double least) {
            return new Axis(name, least, Double.NaN, true);
        }
    }

    /** How a line looks. */
    public enum Style {
        /** Unbroken. */
        SOLID,
        /** Unbroken, with a mark at each point: for few points. */
        MARKED,
        /** Broken: for what is only there to compare with. */
        DASHED
    }

    /**
     * A line.
     *
     * @param name as the legend has it; no two of a chart alike
     * @param x ascending
     * @param y as many
     */
    public record Line(String name, double[] x, double[] y, Style style) {
        public Line {
            if (x.length != y.length || x.length == 0) {
                throw new IllegalArgumentException("line '" + name + "' has " + x.length + " x and " + y.length
                        + " y, expected as many, and some");
            }
            x = x.clone();
            y = y.clone();
        }

        /** Over 0, 1, 2 and so on. */
        public static Line of(String name, double[] y, Style style) {
            return from(0, name, y, style);
        }

        /** Over {@code first}, {@code first + 1} and so on. */
        public static Line from(int first, String name, double[] y, Style style) {
            double[] x = new double[y.length];
            for (int i = 0; i < x.length; i++) {
                x[i] = first + i;
            }
            return new Line(name, x, y, style);
        }
    }
}
