package io.tagstream.eval;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether scores mean what they say: of the tokens tagged with score 0.8, are eight in ten right? Expected calibration error as in
 * Guo, Pleiss, Sun and Weinberger (2017), "On Calibration of Modern Neural Networks", equation 3: scores go into {@value #BINS} bins
 * of equal width, bin m holding those in ((m-1)/{@value #BINS}, m/{@value #BINS}]; the error is the mean over the tokens of the
 * distance between accuracy and mean score of their bin. Not for more than one thread at a time.
 */
public final class Calibration {
    /** The number of bins. */
    public static final int BINS = 15;

    private final int[] tokens = new int[BINS];
    private final int[] right = new int[BINS];
    private final double[] scores = new double[BINS];
    private int total;

    /**
     * Counts one token.
     *
     * @param score the probability that the model gave its tag, 0 to 1
     */
    public void add(double score, boolean isRight) {
        int bin = Math.min(BINS - 1, Math.max(0, (int) Math.ceil(score * BINS) - 1));
        tokens[bin]++;
        right[bin] += isRight ? 1 : 0;
        scores[bin] += score;
        total++;
    }

    /** The tokens counted. */
    public int total() {
        return total;
    }

    /** The expected calibration error, 0 to 1; NaN where no token was counted. */
    public double error() {
        double distance = 0;
        for (int bin = 0; bin < BINS; bin++) {
            distance += Math.abs(right[bin] - scores[bin]);
        }
        return distance / total;
    }

    /** The bins that hold tokens, from low scores to high. */
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (tokens[bin] > 0) {
                bins.add(new Bin(
                        (double) bin / BINS,
                        (double) (bin + 1) / BINS,
                        tokens[bin],
                        scores[bin] / tokens[bin],
                        (double) right[bin] / tokens[bin]));
            }
        }
        return bins;
    }

    /**
     * The tokens whose score lies between two bounds.
     *
     * @param above the lower bound, excluded
     * @param upTo the upper bound, included
     * @param tokens how many
     * @param meanScore 0 to 1
     * @param accuracy the share that is right, 0 to 1
     */
    public record Bin(double above, double upTo, int tokens, double meanScore, double accuracy) {}
}
