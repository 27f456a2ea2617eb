package io.tagstream.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one tagger reached.
 *
 * @param name the tagger
 * @param isDefault whether it is what Tagstream serves unless told otherwise
 * @param accuracy by label layer the percentage of tokens tagged right; layers that the tagger or the corpus lacks are not there
 * @param tokensPerCpuSecond over the repetitions, of the tagging thread's CPU time
 * @param ratioToPerceptron the median over the repetitions of its speed divided by that of {@link TaggerBench#PERCEPTRON} in the same
 *     repetition
 */
public record TaggerRow(
        String name,
        boolean isDefault,
        Map<String, Double> accuracy,
        Spread tokensPerCpuSecond,
        double ratioToPerceptron) {
    public TaggerRow {
        accuracy = Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
    }
}
