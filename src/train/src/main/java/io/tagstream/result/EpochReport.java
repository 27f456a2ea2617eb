package io.tagstream.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an epoch ended, or was broken off.
 *
 * @param epoch counted from 1
 * @param share how much of it was learned: 1, or less where training was stopped in it
 * @param loss the mean over the epoch's steps, in nats a token
 * @param devAccuracy percent by label layer, in the model's order
 * @param seconds wall clock, learning and the dev corpus together
 * @param best whether it is the best so far and its weights are kept
 */
public record EpochReport(
        int epoch, double share, double loss, Map<String, Double> devAccuracy, double seconds, boolean best) {
    public EpochReport {
        devAccuracy = Collections.unmodifiableMap(new LinkedHashMap<>(devAccuracy));
    }

    /** Whether all of it was learned. */
    public boolean isWhole() {
        return share >= 1;
    }
}
