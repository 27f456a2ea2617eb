package io.tagstream.text;

import java.util.Map;

/**
 * A token with the labels that a model gave it.
 *
 * @param token the token
 * @param tag the best label of the model's first label layer
 * @param score the probability of that label, 0 to 1
 * @param tags the best labels of the model's other label layers, by layer name
 */
public record TokenTags(Token token, String tag, float score, Map<String, String> tags) {
    public TokenTags {
        tags = Map.copyOf(tags);
    }
}
