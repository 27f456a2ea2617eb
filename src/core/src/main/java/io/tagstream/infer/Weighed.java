package io.tagstream.infer;

/**
 * What the model thinks of a sentence.
 *
 * @param probabilities {@code [layers][T][labels]}, in the order that the layers were asked for
 * @param next the state after it
 */
public record Weighed(float[][][] probabilities, HiddenState next) {}
