package io.tagstream.state;

/**
 * What a record's timestamp counts as. Some producers write the largest number where they have no time, and sums with it overflow. So
 * one beyond the year 9999 counts as the end of that year; the record itself keeps its own.
 */
public final class EventTime {
    /** The last millisecond of the year 9999 (UTC), ms since 1970. */
    public static final long END = 253_402_300_799_999L;

    private EventTime() {}

    /** The timestamp, at most {@link #END}. */
    public static long counted(long timestamp) {
        return Math.min(timestamp, END);
    }

    /** The greater of two counted times. One at {@link #END} says nothing about its stream, so the next record's takes its place. */
    public static long latest(long last, long now) {
        return last >= END ? now : Math.max(last, now);
    }
}
