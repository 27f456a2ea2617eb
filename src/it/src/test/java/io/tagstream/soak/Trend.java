package io.tagstream.soak;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How one figure of a process moves over a run: samples at even distances, of which the first fifth is warming up and does not
 * count. What follows is compared in two ways, of which the larger counts: the medians of the first and the last window, which see a
 * step, and the median of the slopes between all pairs of samples (Theil and Sen), which sees a slow rise. Neither a saw-tooth nor a
 * few outliers make growth.
 *
 * @param name what it is, with its unit
 * @param samples in the order of time
 * @param allowed how much it may grow from the end of the warm-up to the last sample and still be flat
 */
record Trend(String name, double[] samples, double allowed) {
    private static final int WARM_UP_PARTS = 5;
    private static final int WINDOWS = 4;
    /** Fewer say nothing. */
    private static final int FEWEST = 20;

    /** By how much it grows from the end of the warm-up to the last sample. */
    double growth() {
        double[] steady = steady();
        double[] slopes = IntStream.range(0, steady.length)
                .boxed()
                .flatMapToDouble(
                        i -> IntStream.range(i + 1, steady.length).mapToDouble(j -> (steady[j] - steady[i]) / (j - i)))
                .toArray();
        double[] windows = windows();
        return Math.max(median(slopes) * (steady.length - 1), windows[WINDOWS - 1] - windows[0]);
    }

    /** Also not flat where there are too few samples to say. */
    boolean isFlat() {
        return steady().length >= FEWEST && growth() <= allowed;
    }

    /** The medians of four windows of the same length, after the warm-up. */
    double[] windows() {
        double[] steady = steady();
        return IntStream.range(0, WINDOWS)
                .mapToDouble(window -> median(Arrays.copyOfRange(
                        steady, window * steady.length / WINDOWS, (window + 1) * steady.length / WINDOWS)))
                .toArray();
    }

    double largest() {
        return Arrays.stream(samples).max().orElse(Double.NaN);
    }

    private double[] steady() {
        return Arrays.copyOfRange(samples, samples.length / WARM_UP_PARTS, samples.length);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
