package io.tagstream.rawtext;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Words found in raw text and their tags, by the definition of the CoNLL 2018 shared task: precision is the share right of what the
 * system found, recall that of what the gold standard has, F1 = 2 right / (gold + found).
 *
 * @param gold words in the gold standard
 * @param found words that the system found
 * @param aligned words that are aligned with each other
 * @param right by label layer, in the model's order, the aligned words that have the same label
 */
public record RawScore(int gold, int found, int aligned, Map<String, Integer> right) {
    private static final double PERCENT = 100;

    public RawScore {
        right = Collections.unmodifiableMap(new LinkedHashMap<>(right));
    }

    /** F1 of the words, in percent. */
    public double wordsF1() {
        return f1(aligned);
    }

    /** F1 of the words with their label, in percent, by label layer. */
    public Map<String, Double> f1() {
        Map<String, Double> f1 = new LinkedHashMap<>();
        right.forEach((layer, count) -> f1.put(layer, f1(count)));
        return f1;
    }

    private double f1(int count) {
        return 2 * PERCENT * count / (gold + found);
    }
}
