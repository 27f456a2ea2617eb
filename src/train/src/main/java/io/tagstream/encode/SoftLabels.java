package io.tagstream.encode;

/** How likely a teacher holds each label of the tokens of a piece. */
public interface SoftLabels {
    /**
     * Adds the probabilities of a token, each times a weight, to what there is; nothing where the teacher says nothing of the token.
     *
     * @param layer index of the label layer
     * @param token index in the piece
     * @param from where the token's labels begin in {@code sums}
     */
    void add(int layer, int token, float weight, float[] sums, int from);
}
