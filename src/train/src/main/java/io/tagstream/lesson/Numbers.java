package io.tagstream.lesson;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers as the lesson prints them. */
final class Numbers {
    private Numbers() {}

    static String fixed(int digits, double value) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String fixed(int digits, double[] values) {
        return Arrays.stream(values).mapToObj(value -> fixed(digits, value)).collect(Collectors.joining(", "));
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    static String small(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
    }

    /** In the notation of formulas: {@code 2.7 · 10^{-5}}. */
    static String power(double value) {
        int exponent = (int) Math.floor(Math.log10(value));
        return fixed(1, value / Math.pow(10, exponent)) + " · 10^{" + exponent + "}";
    }

    /** The Euclidean norm. */
    static double length(double[] vector) {
        double squares = 0;
        for (double value : vector) {
            squares += value * value;
        }
        return Math.sqrt(squares);
    }

    /** The Euclidean norm. */
    static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** The Euclidean distance. */
    static double distance(float[] one, float[] other) {
        double squares = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = (double) one[i] - other[i];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }
}
