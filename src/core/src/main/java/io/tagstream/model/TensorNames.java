package io.tagstream.model;

/** The names of a model's graph inputs and outputs. */
public final class TensorNames {
    /** Input, float {@code [layers, 1, hidden]}: h before the call. */
    public static final String H0 = "h0";
    /** Input, float {@code [layers, 1, hidden]}: c before the call; absent for a plain RNN. */
    public static final String C0 = "c0";
    /** Output, float {@code [layers, 1, hidden]}: h after the call, the end symbols included. */
    public static final String HN = "hn";
    /** Output, float {@code [layers, 1, hidden]}: c after the call; absent for a plain RNN. */
    public static final String CN = "cn";

    /** Input, int32 {@code [N, ids]}: the ids of {@link IdLayout}, the end symbols' included. */
    public static final String IDS = "ids";
    /**
     * Output, float {@code [T + S, (1 + S) labels]}, S the contract's spread: the logits of all label layers side by side, in
     * blocks. A token's logits are the sum of block 0 of its own row, block 1 of the next row, and so on to block S.
     */
    public static final String LOGITS = "logits";

    private TensorNames() {}
}
