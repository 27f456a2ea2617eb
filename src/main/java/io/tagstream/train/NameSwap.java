package io.tagstream.train;

import io.tagstream.model.LabelLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * In text without capitals lets some names look like common nouns: the token keeps the label PROPN and takes the form of a noun of the
 * corpus. Without capitals a word alone rarely tells whether it is a name (apple, target), and this makes the network look at what
 * stands around it.
 */
final class NameSwap {
    private static final String NAME = "PROPN";
    private static final String NOUN = "NOUN";

    private final double share;
    private final int name;
    private final List<int[]> nouns = new ArrayList<>();

    /**
     * @param share of names in lower case that are swapped
     * @param layer the first label layer; without the universal tags nothing is swapped
     */
    NameSwap(double share, LabelLayer layer, List<List<Piece>> documents) {
        this.share = share;
        this.name = layer.tags().index(NAME);
        int noun = layer.tags().index(NOUN);
        if (share == 0 || name < 0 || noun < 0) {
            return;
        }
        for (List<Piece> document : documents) {
            for (Piece piece : document) {
                for (int t = 0; t < piece.length(); t++) {
                    if (piece.labels()[0][t] == noun) {
                        nouns.add(column(piece.lowerIds(), t));
                    }
                }
            }
        }
    }

    private static int[] column(int[][] ids, int t) {
        int[] column = new int[ids.length];
        for (int at = 0; at < column.length; at++) {
            column[at] = ids[at][t];
        }
        return column;
    }

    /** The ids of the noun that a token is to look like, or null where it stays as it is. */
    int @Nullable [] swapped(Turn turn, int t, RandomGenerator random) {
        Piece piece = turn.piece();
        boolean swaps = turn.lowerCase()
                && !nouns.isEmpty()
                && t < piece.length()
                && piece.labels()[0][t] == name
                && random.nextDouble() < share;
        return swaps ? nouns.get(random.nextInt(nouns.size())) : null;
    }
}
