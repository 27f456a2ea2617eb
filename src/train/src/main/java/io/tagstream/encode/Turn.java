package io.tagstream.encode;

import org.jspecify.annotations.Nullable;

/**
 * A stream's piece in one step.
 *
 * @param piece what it sees
 * @param stream which stream, from 0
 * @param fresh whether its state starts afresh
 * @param view how it is shown
 */
public record Turn(Piece piece, int stream, boolean fresh, View view) {
    /** A teacher's probabilities for what it sees; null without one. */
    @Nullable
    public SoftLabels soft() {
        return view == View.LOWER_CASE ? piece.lowerSoft() : piece.soft();
    }

    public int[][] ids() {
        return piece.ids().in(view);
    }
}
