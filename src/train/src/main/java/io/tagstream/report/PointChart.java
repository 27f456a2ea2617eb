package io.tagstream.report;

import java.util.List;

/**
 * Points in a plane, each with its name beside it.
 *
 * @param title what it shows
 * @param x the name of the x axis, with its unit
 * @param y the name of the y axis, with its unit
 * @param points at least one
 */
public record PointChart(String title, String x, String y, List<Point> points) implements Figure {
    public PointChart {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException("chart '" + title + "' has no point");
        }
    }

    /**
     * A point.
     *
     * @param label what stands beside it
     * @param group points of a group have one colour and one entry in the legend
     */
    public record Point(String label, String group, double x, double y) {}
}
