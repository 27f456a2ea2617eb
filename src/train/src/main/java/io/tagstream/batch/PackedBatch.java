package io.tagstream.batch;

import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import java.util.List;

/**
 * The turns of one step, packed as libtorch's recurrent ops want them: time by time, at each time the pieces that are long
 * enough, longest first. N inputs (end symbols included), M tokens, S steps: N, or M with a window.
 *
 * @param turns longest first
 * @param batchSizes by time, how many pieces make that step
 * @param ids feature ids, {@code [columns][N]}
 * @param learnedRows rows of the table of learned word vectors, {@code [N]}; 0 for none
 * @param window with a window the inputs that each step reads, {@code [look-ahead + 1][S]}, otherwise none
 * @param readOut where among the steps the states are that a token is read off, {@code [states][M]}; tokens go piece by piece
 * @param reversed the place of each step when every piece is read from its end, {@code [S]}; its own inverse
 * @param labels {@code [label layers][M]}; {@link Piece#NO_LABEL} for tokens that a machine labelled
 */
public record PackedBatch(
        List<Turn> turns,
        long[] batchSizes,
        long[][] ids,
        long[] learnedRows,
        long[][] window,
        long[][] readOut,
        long[] reversed,
        long[][] labels) {
    /** Whether there is more to learn from than labels. */
    public boolean isSoft() {
        return turns.stream().anyMatch(turn -> turn.soft() != null);
    }

    public int tokens() {
        return readOut[0].length;
    }
}
