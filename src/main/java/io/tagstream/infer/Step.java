package io.tagstream.infer;

/**
 * The outcome of one call.
 *
 * @param labels the best label's index, {@code [label layers][T]}
 * @param scores its probability, {@code [label layers][T]}
 * @param next the state after the call
 */
public record Step(int[][] labels, float[][] scores, HiddenState next) {}
