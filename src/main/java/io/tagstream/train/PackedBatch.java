package io.tagstream.train;

import java.util.List;

/**
 * The turns of one step, packed as libtorch's recurrent ops want them: time by time, at each time the pieces that are long
 * enough, longest first. N inputs (end symbols included), M tokens.
 *
 * @param turns longest first
 * @param batchSizes by time, how many pieces reach it
 * @param ids feature ids, {@code [columns][N]}
 * @param learnedRows rows of the table of learned word vectors, {@code [N]}; 0 for none
 * @param readOut where in the packed order the state is that a token is read off, {@code [look-ahead + 1][M]}; tokens go piece by piece
 * @param reversed the packed place of each place when every piece is read from its end, {@code [N]}; its own inverse
 * @param labels {@code [label layers][M]}
 */
record PackedBatch(
        List<Turn> turns,
        long[] batchSizes,
        long[][] ids,
        long[] learnedRows,
        long[][] readOut,
        long[] reversed,
        long[][] labels) {
    int tokens() {
        return readOut[0].length;
    }
}
