package io.tagstream.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model reached on a corpus.
 *
 * @param tokens tokens tagged in the measured pass
 * @param sentences sentences tagged in the measured pass
 * @param layers what it reached by label layer, in the model's order; a layer that the corpus lacks is not there
 * @param knownWords what known and unknown refer to, for people
 * @param calibration of the score, which is the first layer's; without tokens where the corpus lacks that layer
 * @param cpuSeconds CPU time of the tagging thread in the measured pass, features included
 */
public record Evaluation(
        int tokens,
        int sentences,
        Map<String, LayerScore> layers,
        String knownWords,
        Calibration calibration,
        double cpuSeconds) {
    public Evaluation {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /** By label layer, in the model's order, the percentage of tokens tagged right. */
    public Map<String, Double> accuracy() {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        layers.forEach((name, score) -> accuracy.put(name, score.all().accuracy()));
        return Collections.unmodifiableMap(accuracy);
    }

    /** Tokens a CPU second; 0 where no time was measured. */
    public double tokensPerCpuSecond() {
        return cpuSeconds > 0 ? tokens / cpuSeconds : 0;
    }
}
