package io.tagstream.trial;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing found out, which need not be found out again.
 *
 * @param measure what kind of thing
 * @param row the row's name; for {@link Measure#RECALL}, which trains networks of its own, the name of the task
 * @param seed of everything random in training
 * @param settings the row's, in words
 * @param values what came out, by name
 */
public record Finding(Measure measure, String row, long seed, String settings, Map<String, Double> values) {
    public Finding {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A value by its name, NaN where it was not measured. */
    public double value(String name) {
        return values.getOrDefault(name, Double.NaN);
    }
}
