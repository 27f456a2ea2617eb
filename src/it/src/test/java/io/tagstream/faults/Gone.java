package io.tagstream.faults;

import io.tagstream.stream.TaggingMetrics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Input records that were removed before they were read: what an application says of them, in its log and as a metric. */
final class Gone {
    private static final Pattern REMOVED = Pattern.compile(
            "WARN .*the records of (\\S+)-(\\d+) from offset (\\d+) to (\\d+), at most (\\d+), were removed");

    private Gone() {}

    /**
     * Takes what the application's log says is gone for gone: whether that is true the output shows, where a record that is said to be gone
     * must not come out and every other one must.
     *
     * @throws IllegalStateException if log and metric do not give the same number, or nothing is gone
     */
    static Set<Integer> said(Trial trial, Application application) {
        Map<TopicPartition, NavigableMap<Long, Integer>> places =
                trial.sentInput().places();
        Set<Integer> indexes = new HashSet<>();
        List<String> lines = new ArrayList<>();
        long logged = 0;
        for (MatchResult line : REMOVED.matcher(application.log()).results().toList()) {
            lines.add(line.group());
            logged += Long.parseLong(line.group(5));
            indexes.addAll(places.getOrDefault(
                            new TopicPartition(line.group(1), Integer.parseInt(line.group(2))), new TreeMap<>())
                    .subMap(Long.parseLong(line.group(3)), true, Long.parseLong(line.group(4)), true)
                    .values());
        }
        long counted = application.count(TaggingMetrics.MISSING_RECORDS);
        if (logged != counted || logged != indexes.size() || logged == 0) {
            throw new IllegalStateException(indexes.size() + " records are gone, but the metric says " + counted
                    + " and the log " + logged + ": " + lines);
        }
        trial.sentInput().gone(indexes);
        return indexes;
    }
}
