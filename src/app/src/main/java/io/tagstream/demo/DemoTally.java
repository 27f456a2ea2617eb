package io.tagstream.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What a demo has seen come out, and how it says so in the end. It belongs to one thread. */
final class DemoTally {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    /** The time of a sentence that was sent before the application worked. */
    static final long UNTIMED = Long.MIN_VALUE;

    private final Set<String> streams = new HashSet<>();
    private final List<Long> latencies = new ArrayList<>();
    private long sentences;
    private long tokens;
    private long deadLetters;
    private long startNanos;

    /** @param nanos from the command's start until the first sentence came out */
    void started(long nanos) {
        startNanos = nanos;
    }

    /** @param sentAt by {@link System#nanoTime}, or {@link #UNTIMED} */
    void tagged(String stream, int tokenCount, long sentAt) {
        streams.add(stream);
        sentences++;
        tokens += tokenCount;
        if (sentAt != UNTIMED) {
            latencies.add(System.nanoTime() - sentAt);
        }
    }

    void dead(String stream) {
        streams.add(stream);
        deadLetters++;
    }

    /** How many came out, one way or the other. */
    long seen() {
        return sentences + deadLetters;
    }

    /** A line per number. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("streams        " + streams.size());
        lines.add("sentences      " + sentences);
        lines.add("tokens         " + tokens);
        lines.add("dead letters   " + deadLetters);
        if (!latencies.isEmpty()) {
            latencies.sort(Comparator.naturalOrder());
            lines.add(String.format(
                    Locale.ROOT,
                    "latency        p50 %.0f ms, p99 %.0f ms from sent to tagged (read_committed)",
                    percentile(0.50),
                    percentile(0.99)));
        }
        if (seen() > 0) {
            lines.add(String.format(Locale.ROOT, "start          %.1f s, no part of the latency", startNanos / NANOS));
        }
        return lines;
    }

    private double percentile(double share) {
        int index = (int) Math.ceil(share * latencies.size()) - 1;
        return latencies.get(Math.max(0, index)) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
