package io.tagstream.train;

import io.tagstream.model.LabelLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where names have no capitals lets some names look like common nouns and as many common nouns like names: the token keeps its label and takes
 * the lower-case form of another of the corpus. Without capitals a word alone rarely tells whether it is a name (apple, target), and this makes the
 * network look at what stands around it.
 */
final class NameSwap {
    static final String NAME = "PROPN";
    private static final String NOUN = "NOUN";

    private final double share;
    private final int name;
    private final int noun;
    private final List<int[]> names = new ArrayList<>();
    private final List<int[]> nouns = new ArrayList<>();

    /**
     * @param share of the names that are swapped
     * @param layer the first label layer; without the universal tags nothing is swapped
     * @param documents all that is learned from: by half of the names swapped, a word is as often a noun as a name, whatever it mostly is
     */
    NameSwap(double share, LabelLayer layer, List<List<Piece>> documents) {
        this.share = share;
        this.name = layer.tags().index(NAME);
        this.noun = layer.tags().index(NOUN);
        if (share == 0 || name < 0 || noun < 0) {
            return;
        }
        for (List<Piece> document : documents) {
            for (Piece piece : document) {
                for (int t = 0; t < piece.length(); t++) {
                    int label = piece.labels()[0][t];
                    if (label == name || label == noun) {
                        (label == name ? names : nouns).add(column(piece.ids().lower(), t));
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

    /** The ids of the noun or the name that a token is to look like, or null where it stays as it is. */
    int @Nullable [] swapped(Turn turn, int t, RandomGenerator random) {
        Piece piece = turn.piece();
        if (turn.view() == View.AS_WRITTEN || t >= piece.length() || names.isEmpty() || nouns.isEmpty()) {
            return null;
        }
        int label = piece.labels()[0][t];
        if (label == name && random.nextDouble() < share) {
            return nouns.get(random.nextInt(nouns.size()));
        }
        // Nouns are the more frequent: as many of them as of the names.
        if (label == noun && random.nextDouble() < share * names.size() / nouns.size()) {
            return names.get(random.nextInt(names.size()));
        }
        return null;
    }
}
