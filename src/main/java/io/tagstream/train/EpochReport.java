package io.tagstream.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an epoch ended.
 *
 * @param epoch counted from 1
 * @param loss the mean over the epoch's steps, in nats a token
 * @param devAccuracy percent by label layer, in the model's order
 * @param seconds wall clock, learning and the dev corpus together
 * @param best whether it is the best so far and its weights are kept
 */
public record EpochReport(int epoch, double loss, Map<String, Double> devAccuracy, double seconds, boolean best) {
    public EpochReport {
        devAccuracy = Collections.unmodifiableMap(new LinkedHashMap<>(devAccuracy));
    }
}
