package io.tagstream.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.knowm.xchart.HeatMapChart;
import org.knowm.xchart.HeatMapChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws figures by XChart: as SVG for a page or a file, as PNG for where SVG is not read. The same values give the same bytes. */
public final class Drawing {
    /** Letters are drawn as outlines: a hundredth of a pixel is enough for them. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d\\.\\d\\d)\\d+");

    private static final Pattern CLIP = Pattern.compile("\\bclip-?[0-9]+\\b");

    /** XChart puts ticks at the points where these are evenly spaced to 0.0001, at round numbers otherwise, which suits many points. */
    private static final double OFF_GRID = 5e-4;

    private static final int FEW_POINTS = 12;
    private static final String DIGITS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
    private static final int DOTS = 2;
    private static final int ROW = 24;
    private static final int AROUND = 150;
    private static final float STROKE = 2;
    private static final float[] DASHES = {6, 4};
    private static final Color[] HEAT = {
        new Color(0xF7, 0xFB, 0xFF),
        new Color(0x9E, 0xCA, 0xE1),
        new Color(0x31, 0x82, 0xBD),
        new Color(0x08, 0x30, 0x6B)
    };
    private static final Color[] BOTH_WAYS = {
        new Color(0xB3, 0x4A, 0x00),
        new Color(0xF1, 0xB6, 0x80),
        Color.WHITE,
        new Color(0x80, 0xB9, 0xDB),
        new Color(0x00, 0x50, 0x80)
    };

    private Drawing() {}

    /** A whole SVG file, UTF-8. */
    public static String svg(Figure figure) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart(figure), out, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String svg = LONG_NUMBER.matcher(out.toString(StandardCharsets.UTF_8)).replaceAll("$1");
        // The writer names clip paths by chance; in order of appearance the same values give the same bytes.
        List<String> names = new ArrayList<>();
        return CLIP.matcher(svg).replaceAll(clip -> {
            if (!names.contains(clip.group())) {
                names.add(clip.group());
            }
            return "clip-" + names.indexOf(clip.group());
        });
    }

    /** A PNG file, two dots to a pixel of the SVG. */
    public static byte[] png(Figure figure) {
        Chart<?, ?> chart = chart(figure);
        BufferedImage image =
                new BufferedImage(DOTS * chart.getWidth(), DOTS * chart.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(DOTS, DOTS);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static Chart<?, ?> chart(Figure figure) {
        if (figure instanceof LineChart lines) {
            return lines(lines);
        }
        if (figure instanceof DotChart dots) {
            return PointDrawing.dots(dots);
        }
        if (figure instanceof PointChart points) {
            return PointDrawing.points(points);
        }
        return heat((HeatMap) figure);
    }

    private static XYChart lines(LineChart figure) {
        XYChart chart = new XYChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(ChartStyle.HEIGHT)
                .title(figure.title())
                .xAxisTitle(figure.x())
                .yAxisTitle(figure.y().name())
                .build();
        ChartStyle.style(chart.getStyler());
        LineChart.Axis y = figure.y();
        if (!Double.isNaN(y.least())) {
            chart.getStyler().setYAxisMin(place(y, y.least()));
        }
        if (!Double.isNaN(y.most())) {
            chart.getStyler().setYAxisMax(place(y, y.most()));
        }
        if (y.logarithmic()) {
            chart.getStyler().setyAxisTickLabelsFormattingFunction(Drawing::power);
        }
        for (int i = 0; i < figure.lines().size(); i++) {
            LineChart.Line line = figure.lines().get(i);
            XYSeries series = add(chart, line, y);
            series.setLineColor(ChartStyle.LINES[i % ChartStyle.LINES.length]);
            series.setMarkerColor(ChartStyle.LINES[i % ChartStyle.LINES.length]);
            series.setMarker(line.style() == LineChart.Style.MARKED ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
            series.setLineStyle(
                    line.style() == LineChart.Style.DASHED
                            ? new BasicStroke(STROKE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0)
                            : new BasicStroke(STROKE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        }
        return chart;
    }

    private static XYSeries add(XYChart chart, LineChart.Line line, LineChart.Axis axis) {
        double least = axis.logarithmic() && Double.isNaN(axis.least()) ? Double.MIN_NORMAL : axis.least();
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        int points = line.x().length;
        for (int i = 0; i < points; i++) {
            double value = line.y()[i];
            if (!axis.logarithmic() || value >= least) {
                x.add(line.x()[i] + (points > FEW_POINTS && i == points - 1 ? OFF_GRID : 0));
                y.add(place(axis, value));
            }
        }
        if (x.isEmpty()) {
            // The legend still says that it was measured.
            x.add(line.x()[0]);
            y.add(place(axis, least));
        }
        return chart.addSeries(line.name(), x, y);
    }

    /** XChart's own logarithmic axis writes every decade over the next: ours is a plain axis of exponents. */
    private static double place(LineChart.Axis axis, double value) {
        return axis.logarithmic() ? Math.log10(value) : value;
    }

    /** Ten to the power of an exponent, as a label. */
    private static String power(double exponent) {
        if (Math.abs(exponent - Math.rint(exponent)) > OFF_GRID) {
            return String.format(Locale.ROOT, "%.1e", Math.pow(10, exponent));
        }
        StringBuilder label = new StringBuilder("10");
        for (char digit : Long.toString(Math.round(exponent)).toCharArray()) {
            label.append(digit == '-' ? '\u207b' : DIGITS.charAt(digit - '0'));
        }
        return label.toString();
    }

    private static HeatMapChart heat(HeatMap figure) {
        HeatMapChart chart = new HeatMapChartBuilder()
                .width(ChartStyle.WIDTH)
                .height(AROUND + ROW * figure.rows().size())
                .title(figure.title())
                .build();
        ChartStyle.style(chart.getStyler());
        int height = chart.getHeight();
        chart.getStyler()
                .setRangeColors(colours(figure))
                .setGradientColorColumnHeight(Math.min(200, height - AROUND))
                .setMin(figure.least())
                .setMax(figure.most())
                .setShowValue(figure.numbers())
                .setValueFont(ChartStyle.SMALL)
                .setHeatMapValueDecimalPattern(figure.most() > 1 ? "0" : "0.0");
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setXAxisLabelRotation(45);
        chart.getStyler().setAxisTickLabelsFont(ChartStyle.SMALL);
        chart.getStyler().setPlotContentSize(1);
        // XChart's first row is the lowest.
        List<String> upwards = new ArrayList<>(figure.rows());
        Collections.reverse(upwards);
        List<Number[]> cells = new ArrayList<>();
        for (int row = 0; row < upwards.size(); row++) {
            double[] values = figure.values()[upwards.size() - 1 - row];
            for (int column = 0; column < values.length; column++) {
                cells.add(new Number[] {column, row, values[column]});
            }
        }
        chart.addSeries(figure.title(), figure.columns(), upwards, cells);
        return chart;
    }

    private static Color[] colours(HeatMap figure) {
        if (figure.least() < 0) {
            return BOTH_WAYS;
        }
        // Numbers are written in black: they must be legible on the darkest.
        return figure.numbers() ? new Color[] {HEAT[0], HEAT[1]} : HEAT;
    }
}
