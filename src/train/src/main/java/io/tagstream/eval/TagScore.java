package io.tagstream.eval;

/**
 * How well one tag is found.
 *
 * @param tag the tag
 * @param gold tokens that have it in the corpus
 * @param predicted tokens that were given it
 * @param right tokens that have it and were given it
 */
public record TagScore(String tag, int gold, int predicted, int right) {
    private static final double PERCENT = 100;

    /** The percentage right among the tokens given the tag; 0 where there is none. */
    public double precision() {
        return predicted == 0 ? 0 : PERCENT * right / predicted;
    }

    /** The percentage found of the tokens that have the tag; 0 where there is none. */
    public double recall() {
        return gold == 0 ? 0 : PERCENT * right / gold;
    }

    /** The harmonic mean of precision and recall, in percent. */
    public double f1() {
        return 2 * PERCENT * right / (gold + predicted);
    }
}
