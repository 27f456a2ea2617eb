package io.tagstream.train;

import org.jspecify.annotations.Nullable;

/**
 * A stream's piece in one step.
 *
 * @param piece what it sees
 * @param stream which stream, from 0
 * @param fresh whether its state starts afresh
 * @param lowerCase whether it sees lower case
 */
record Turn(Piece piece, int stream, boolean fresh, boolean lowerCase) {
    /** A teacher's probabilities for what it sees; null without one. */
    @Nullable
    SoftLabels soft() {
        return lowerCase ? piece.lowerSoft() : piece.soft();
    }

    int[][] ids() {
        return lowerCase ? piece.lowerIds() : piece.ids();
    }
}
