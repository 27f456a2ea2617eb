package io.tagstream.trial;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The middle and the ends of what came out for several seeds.
 *
 * @param mean NaN where there is nothing
 */
public record MeanAndRange(double mean, double least, double most) {
    /** Of the values that are there: those that are not NaN. */
    public static MeanAndRange of(List<Double> values) {
        double[] there = values.stream()
                .mapToDouble(Double::doubleValue)
                .filter(value -> !Double.isNaN(value))
                .toArray();
        return new MeanAndRange(
                Arrays.stream(there).average().orElse(Double.NaN),
                Arrays.stream(there).min().orElse(Double.NaN),
                Arrays.stream(there).max().orElse(Double.NaN));
    }

    /** {@code 95.12 (95.03 to 95.20)}; empty where there is nothing. */
    public String text() {
        return text("%.2f (%.2f to %.2f)");
    }

    /** The same of differences: {@code -0.35 (-0.41 to -0.28)}. */
    public String signed() {
        return text("%+.2f (%+.2f to %+.2f)");
    }

    /** The same without digits after the point. */
    public String whole() {
        return text("%.0f (%.0f to %.0f)");
    }

    private String text(String format) {
        return Double.isNaN(mean) ? "" : String.format(Locale.ROOT, format, mean, least, most);
    }
}
