package io.tagstream.eval;

import java.util.List;

/**
 * What each further token of context changes.
 *
 * @param layer the label layer that was scored: the model's first
 * @param tokens the tokens scored
 * @param sentences the sentences scored
 * @param delays labels shown after 0, 1, 2 ... tokens of look-ahead
 * @param wholeAccuracy the percentage of tokens tagged right with the whole sentence seen
 */
public record StreamingScore(String layer, int tokens, int sentences, List<DelayScore> delays, double wholeAccuracy) {
    public StreamingScore {
        delays = List.copyOf(delays);
    }
}
