package io.tagstream.train;

/**
 * A stream's piece in one step.
 *
 * @param piece what it sees
 * @param stream which stream, from 0
 * @param fresh whether its state starts afresh
 * @param lowerCase whether it sees lower case
 */
record Turn(Piece piece, int stream, boolean fresh, boolean lowerCase) {
    int[][] ids() {
        return lowerCase ? piece.lowerIds() : piece.ids();
    }
}
