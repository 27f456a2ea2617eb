package io.tagstream.train;

import io.tagstream.batch.DocumentStreams;
import io.tagstream.network.Learner;
import io.tagstream.recipe.Seeds;
import java.util.Map;

/**
 * Where a training stands at the end of an epoch: all that the next step depends on beside settings and corpora, and what has been reached. The
 * generators are not among it, since every epoch seeds them again ({@link Seeds}).
 *
 * @param epoch the epoch that has ended, counted from 1
 * @param done pieces shown so far
 * @param steps taken so far
 * @param network the weights by tensor name
 * @param average their running average
 * @param best the best average of all epochs
 * @param learner the optimizer's state and the streams'
 * @param documents where each stream is
 */
public record Progress(
        int epoch,
        long done,
        long steps,
        Map<String, float[]> network,
        Map<String, float[]> average,
        Best best,
        Learner.State learner,
        DocumentStreams.Position documents) {
    /**
     * Weights that are worth keeping.
     *
     * @param byName by tensor name
     * @param accuracy of the first layer on the dev corpus, percent
     * @param epoch which they are of
     */
    record Best(Map<String, float[]> byName, double accuracy, int epoch) {
        static final Best NONE = new Best(Map.of(), -1, 0);
    }
}
