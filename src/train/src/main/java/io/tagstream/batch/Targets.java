package io.tagstream.batch;

import io.tagstream.encode.Piece;
import io.tagstream.encode.SoftLabels;
import io.tagstream.encode.Turn;

/**
 * What a batch is to learn of a label layer, where there are teachers: for each token a distribution over the labels. The token's label and
 * its teacher are mixed; of a token that a machine labelled, the machine's is all; a token that nobody labelled has zeros.
 *
 * @param rows {@code [M * labels]}
 * @param labelled tokens that somebody labelled
 */
public record Targets(float[] rows, int labelled) {
    /**
     * @param layer index of the label layer
     * @param labels how many labels it has
     * @param distilling how much of a target is the teacher's where there are both
     */
    public static Targets of(PackedBatch batch, int layer, int labels, double distilling) {
        float[] rows = new float[batch.tokens() * labels];
        int labelled = 0;
        int token = 0;
        for (Turn turn : batch.turns()) {
            SoftLabels soft = turn.soft();
            float share = turn.piece().silver() ? 1 : soft == null ? 0 : (float) distilling;
            for (int t = 0; t < turn.piece().length(); t++, token++) {
                int from = token * labels;
                long label = batch.labels()[layer][token];
                if (soft != null) {
                    soft.add(layer, t, share, rows, from);
                }
                if (label != Piece.NO_LABEL) {
                    rows[from + (int) label] += 1 - share;
                }
                labelled += sum(rows, from, labels) > 0 ? 1 : 0;
            }
        }
        return new Targets(rows, labelled);
    }

    private static float sum(float[] values, int from, int count) {
        float sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum;
    }
}
