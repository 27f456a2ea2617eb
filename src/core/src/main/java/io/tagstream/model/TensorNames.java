package io.tagstream.model;

/** The names of a model's graph inputs and outputs. In version 1 there is an id input a column, by the column's name. */
public final class TensorNames {
    /** Input, float {@code [layers, 1, hidden]}: h before the call. */
    public static final String H0 = "h0";
    /** Input, float {@code [layers, 1, hidden]}: c before the call; absent for a plain RNN. */
    public static final String C0 = "c0";
    /** Output, float {@code [layers, 1, hidden]}: h after the call, the end symbols included. */
    public static final String HN = "hn";
    /** Output, float {@code [layers, 1, hidden]}: c after the call; absent for a plain RNN. */
    public static final String CN = "cn";

    /** Input of version 2, int32 {@code [N, ids]}: the ids of {@link IdLayout}, the end symbols' included. */
    public static final String IDS = "ids";
    /**
     * Output of version 2, float {@code [T + S, (1 + S) labels]}, S the contract's spread: the logits of all label layers side by side, in
     * blocks. A token's logits are the sum of block 0 of its own row, block 1 of the next row, and so on to block S.
     */
    public static final String LOGITS = "logits";

    private TensorNames() {}

    /** Output of version 1, int32 {@code [1, T]}: the index of the best label. */
    public static String label(String layer) {
        return layer + ".label";
    }

    /** Output of version 1, float {@code [1, T]}: the probability of the best label. */
    public static String score(String layer) {
        return layer + ".score";
    }

    /** Optional output of version 1, float {@code [1, T, labels]}: the probability of every label. */
    public static String probabilities(String layer) {
        return layer + ".probabilities";
    }
}
