package io.tagstream.eval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a model reached on a corpus.
 *
 * @param tokens tokens tagged in the measured pass
 * @param sentences sentences tagged in the measured pass
 * @param accuracy by label layer, in the model's order, the percentage of tokens tagged right; a layer that the corpus lacks is not there
 * @param cpuSeconds CPU time of the tagging thread in the measured pass, features included
 */
public record Evaluation(int tokens, int sentences, Map<String, Double> accuracy, double cpuSeconds) {
    public Evaluation {
        accuracy = Collections.unmodifiableMap(new LinkedHashMap<>(accuracy));
    }

    /** Tokens a CPU second; 0 where no time was measured. */
    public double tokensPerCpuSecond() {
        return cpuSeconds > 0 ? tokens / cpuSeconds : 0;
    }
}
