package io.tagstream.service;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs dead letters: of each cause the first {@link #FIRST} with their places, the others as one count when {@link #report} is called,
 * which is once a minute and at the stop. Causes that differ in numbers alone are one cause; those beyond the first {@link #MOST_CAUSES}
 * are counted together, so that no input makes it grow. One for all threads of an application.
 */
public final class DeadLetterLog {
    public static final int FIRST = 10;
    static final int MOST_CAUSES = 100;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLog.class);
    private static final Pattern NUMBER = Pattern.compile("\\b(0x)?[0-9a-f]*[0-9][0-9a-f]*\\b|[0-9]+");
    private static final int LONGEST_CAUSE = 200;
    private static final String OTHERS = "causes of other kinds";

    private final Map<String, Count> counts = new LinkedHashMap<>();
    private long total;

    private static final class Count {
        private final String example;
        private int logged;
        private long counted;
        private String last = "";

        Count(String example) {
            this.example = example;
        }
    }

    /** A record became a dead letter. */
    synchronized void add(String topic, int partition, long offset, @Nullable String message) {
        total++;
        String cause = message == null || message.isBlank() ? "of an unknown cause" : message;
        Count count = count(cause);
        String place = topic + "-" + partition + "@" + offset;
        if (count.logged < FIRST) {
            count.logged++;
            LOG.warn(
                    "{} is a dead letter: {}{}",
                    place,
                    cause,
                    count.logged == FIRST ? " (further ones of this cause are counted, once a minute)" : "");
        } else {
            count.counted++;
            count.last = place;
        }
    }

    private Count count(String cause) {
        String kind = kind(cause);
        Count count = counts.get(kind);
        if (count == null) {
            boolean more = counts.size() < MOST_CAUSES;
            count = counts.computeIfAbsent(more ? kind : OTHERS, name -> new Count(more ? cause : OTHERS));
        }
        return count;
    }

    private static String kind(String cause) {
        String start = cause.length() > LONGEST_CAUSE ? cause.substring(0, LONGEST_CAUSE) : cause;
        return NUMBER.matcher(start).replaceAll("0");
    }

    /** Logs what was only counted since the last report. */
    synchronized void report() {
        for (Count count : counts.values()) {
            if (count.counted > 0) {
                LOG.warn("{} more dead letters, the last is {}, such as: {}", count.counted, count.last, count.example);
                count.counted = 0;
            }
        }
    }

    /** All since the start. */
    synchronized long total() {
        return total;
    }
}
