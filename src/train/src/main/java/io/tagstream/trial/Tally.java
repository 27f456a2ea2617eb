package io.tagstream.trial;

/** Counts what is right. */
final class Tally {
    private static final double PERCENT = 100;

    private int right;
    private int all;

    void add(boolean isRight) {
        right += isRight ? 1 : 0;
        all++;
    }

    int all() {
        return all;
    }

    /** In percent; NaN where nothing was counted. */
    double accuracy() {
        return PERCENT * right / all;
    }
}
