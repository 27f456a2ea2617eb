package io.tagstream.recipe;

import io.tagstream.text.UsageException;

/** Checks of settings; each names the setting, what it must be and what was given. Written so that NaN fails too. */
public final class Checks {
    private Checks() {}

    public static void atLeast(String name, double value, double least) {
        require(value >= least, name, value, "at least " + plain(least));
    }

    public static void above(String name, double value, double bound) {
        require(value > bound, name, value, "above " + plain(bound));
    }

    static void within(String name, double value, double least, double most) {
        require(value >= least && value <= most, name, value, plain(least) + " to " + plain(most));
    }

    /** From 0 to below 1. */
    static void share(String name, double value) {
        require(value >= 0 && value < 1, name, value, "0 to below 1");
    }

    private static void require(boolean holds, String name, double found, String expected) {
        if (!holds) {
            throw new UsageException(name + " must be " + expected + ", got " + plain(found));
        }
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
