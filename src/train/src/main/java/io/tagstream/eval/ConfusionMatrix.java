package io.tagstream.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts which tag was given for which. Not for more than one thread at a time. */
public final class ConfusionMatrix {
    private static final double PERCENT = 100;

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final Map<String, Integer> given = new TreeMap<>();
    private int total;
    private int right;

    /** Counts one token. */
    public void add(String gold, String predicted) {
        counts.computeIfAbsent(gold, tag -> new TreeMap<>()).merge(predicted, 1, Integer::sum);
        given.merge(predicted, 1, Integer::sum);
        total++;
        right += gold.equals(predicted) ? 1 : 0;
    }

    /** The tokens counted. */
    public int total() {
        return total;
    }

    /** The percentage of tokens with the right tag; NaN where none was counted. */
    public double accuracy() {
        return PERCENT * right / total;
    }

    /** Gold tag to the tags given for it and how often, both in the order of the alphabet. */
    public Map<String, Map<String, Integer>> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** How often a gold tag was given a tag. */
    public int count(String gold, String predicted) {
        return counts.getOrDefault(gold, Map.of()).getOrDefault(predicted, 0);
    }

    /** A row a tag that is in the corpus or was given, the most frequent in the corpus first. */
    public List<TagScore> byTag() {
        TreeMap<String, Integer> tags = new TreeMap<>(given);
        counts.keySet().forEach(tag -> tags.putIfAbsent(tag, 0));
        List<TagScore> rows = new ArrayList<>();
        tags.forEach((tag, times) -> {
            int gold = counts.getOrDefault(tag, Map.of()).values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            rows.add(new TagScore(tag, gold, times, count(tag, tag)));
        });
        rows.sort(Comparator.comparingInt(TagScore::gold).reversed().thenComparing(TagScore::tag));
        return rows;
    }

    /** The wrong pairs, the most frequent first. */
    public List<Confusion> confusions() {
        List<Confusion> pairs = new ArrayList<>();
        counts.forEach((gold, row) -> row.forEach((predicted, times) -> {
            if (!gold.equals(predicted)) {
                pairs.add(new Confusion(gold, predicted, times));
            }
        }));
        pairs.sort(Comparator.comparingInt(Confusion::count)
                .reversed()
                .thenComparing(Confusion::gold)
                .thenComparing(Confusion::predicted));
        return pairs;
    }

    /**
     * A wrong tag and how often it was given.
     *
     * @param gold the right tag
     * @param predicted the tag given
     * @param count in tokens
     */
    public record Confusion(String gold, String predicted, int count) {}
}
