package io.tagstream.report;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Figures of points by XChart. */
final class PointDrawing {
    private static final int TILT = 30;
    /** Room around the points, as a share of the range of their values. */
    private static final double MARGIN = 0.12;
    /** About what the axes, the legend and the title take of a figure, in pixels. */
    private static final int BESIDE = 90;

    private static final int BELOW = 130;
    /** A letter's width and a line's height, in pixels. */
    private static final double LETTER = 6.2;

    private static final double LINE = 14;
    private static final double DOT = 8;

    private PointDrawing() {}

    static CategoryChart dots(DotChart figure) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.HEIGHT + TILT)
                .title(figure.title())
                .yAxisTitle(figure.y())
                .build();
        ChartStyle.style(chart.getStyler());
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Scatter)
                .setOverlapped(true);
        chart.getStyler().setXAxisLabelRotation(TILT);
        double[] ends = ends(figure.series().stream().map(DotChart.Dots::values).toList());
        chart.getStyler().setYAxisMin(ends[0]).setYAxisMax(ends[1]);
        for (int i = 0; i < figure.series().size(); i++) {
            DotChart.Dots dots = figure.series().get(i);
            List<@Nullable Double> values = new ArrayList<>();
            for (double value : dots.values()) {
                values.add(Double.isNaN(value) ? null : value);
            }
            CategorySeries series = chart.addSeries(dots.name(), figure.categories(), values);
            series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(colour(i));
        }
        return chart;
    }

    static XYChart points(PointChart figure) {
        XYChart chart = new XYChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.TALL)
                .title(figure.title())
                .xAxisTitle(figure.x())
                .yAxisTitle(figure.y())
                .build();
        ChartStyle.style(chart.getStyler());
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
        chart.getStyler().setxAxisTickLabelsFormattingFunction(PointDrawing::number);
        chart.getStyler().setAnnotationTextFont(ChartStyle.SMALL);
        double[] x = ends(List.of(
                figure.points().stream().mapToDouble(PointChart.Point::x).toArray()));
        double[] y = ends(List.of(
                figure.points().stream().mapToDouble(PointChart.Point::y).toArray()));
        chart.getStyler().setXAxisMin(x[0]).setXAxisMax(x[1]).setYAxisMin(y[0]).setYAxisMax(y[1]);
        Map<String, List<PointChart.Point>> groups = new LinkedHashMap<>();
        figure.points()
                .forEach(point -> groups.computeIfAbsent(point.group(), group -> new ArrayList<>())
                        .add(point));
        groups.forEach((group, points) -> {
            XYSeries series = chart.addSeries(
                    group,
                    points.stream().map(PointChart.Point::x).toList(),
                    points.stream().map(PointChart.Point::y).toList());
            series.setMarker(SeriesMarkers.CIRCLE)
                    .setMarkerColor(colour(chart.getSeriesMap().size() - 1));
        });
        label(chart, figure.points(), x, y);
        return chart;
    }

    /** Puts each label above, below, left or right of its point, where it covers no other point or label as far as that is possible. */
    private static void label(XYChart chart, List<PointChart.Point> points, double[] x, double[] y) {
        double xPixel = (x[1] - x[0]) / (ChartStyle.WIDTH - BESIDE);
        double yPixel = (y[1] - y[0]) / (ChartStyle.TALL - BELOW);
        List<Rectangle2D> taken = new ArrayList<>();
        points.forEach(point -> taken.add(
                new Rectangle2D.Double(point.x() / xPixel - DOT / 2, point.y() / yPixel - DOT / 2, DOT, DOT)));
        for (PointChart.Point point : points) {
            double atX = point.x() / xPixel;
            double atY = point.y() / yPixel;
            double width = LETTER * point.label().length();
            double aside = DOT + width / 2;
            double[][] centres = {{0, LINE}, {0, -LINE}, {aside, 0}, {-aside, 0}, {aside, LINE}, {-aside, -LINE}};
            Rectangle2D best = null;
            for (double[] centre : centres) {
                Rectangle2D box =
                        new Rectangle2D.Double(atX + centre[0] - width / 2, atY + centre[1] - LINE / 2, width, LINE);
                if (best == null || covered(box, taken) < covered(best, taken)) {
                    best = box;
                }
            }
            if (best != null) {
                taken.add(best);
                chart.addAnnotation(new AnnotationText(
                        point.label(), best.getCenterX() * xPixel, best.getCenterY() * yPixel, false));
            }
        }
    }

    private static double covered(Rectangle2D box, List<Rectangle2D> taken) {
        double area = 0;
        for (Rectangle2D other : taken) {
            Rectangle2D both = box.createIntersection(other);
            area += both.isEmpty() ? 0 : both.getWidth() * both.getHeight();
        }
        return area;
    }

    /** A whole number with its thousands apart, a small one as it is. */
    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%s", (float) value);
    }

    /** The ends of an axis over some values. */
    private static double[] ends(List<double[]> series) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (double[] values : series) {
            for (double value : values) {
                if (!Double.isNaN(value)) {
                    least = Math.min(least, value);
                    most = Math.max(most, value);
                }
            }
        }
        double room = most > least ? MARGIN * (most - least) : Math.max(1, Math.abs(most)) * MARGIN;
        return new double[] {least - room, most + room};
    }

    private static Color colour(int series) {
        return ChartStyle.LINES[series % ChartStyle.LINES.length];
    }
}
