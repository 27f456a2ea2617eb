package io.tagstream.infer;

/**
 * The outcome of one call.
 *
 * @param labels the best label's index, {@code [label layers][T]}; {@link #NONE} where something that is not a number keeps a layer from
 *     having a best one
 * @param scores the probability of the first layer's best label, {@code [T]}
 * @param next the state after the call
 */
public record Step(int[][] labels, float[] scores, HiddenState next) {
    /** No label. */
    public static final int NONE = -1;
}
