package io.tagstream.encode;

import io.tagstream.model.LabelLayer;
import io.tagstream.text.TagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Where names have no capitals lets some names look like common nouns and as many common nouns like names: the token keeps its label and takes
 * the lower-case form of another of the corpus. Without capitals a word alone rarely tells whether it is a name (apple, target), and this makes the
 * network look at what stands around it.
 */
public final class NameSwap {
    static final String NAME = "PROPN";
    private static final String NOUN = "NOUN";
    /** The layer of Penn Treebank tags, which tell one from many; where there is none, number does not matter. */
    private static final String PENN = "xpos";

    private static final String ONE_NAME = "NNP";
    private static final String ONE_NOUN = "NN";

    /** A word class: its label in the first layer, and in the layer of Penn tags where there is one. */
    private record Kind(int label, int pennLayer, int pennLabel, List<int[]> forms) {
        boolean has(Piece piece, int t) {
            return piece.labels()[0][t] == label && (pennLayer < 0 || piece.labels()[pennLayer][t] == pennLabel);
        }
    }

    private final double share;
    private final Kind names;
    private final Kind nouns;

    /**
     * @param share of the names that are swapped
     * @param layers the label layers; where the first has no universal tags nothing is swapped, and where there are Penn tags it is singular
     *     nouns and names alone: a plural in the form of a singular would teach what is wrong
     * @param documents all that is learned from: by half of the names swapped, a word is as often a noun as a name, whatever it mostly is
     */
    public NameSwap(double share, List<LabelLayer> layers, List<List<Piece>> documents) {
        this.share = share;
        this.names = kind(layers, NAME, ONE_NAME);
        this.nouns = kind(layers, NOUN, ONE_NOUN);
        if (share == 0 || names.label() < 0 || nouns.label() < 0) {
            return;
        }
        for (List<Piece> document : documents) {
            for (Piece piece : document) {
                for (int t = 0; t < piece.length(); t++) {
                    for (Kind kind : List.of(names, nouns)) {
                        if (kind.has(piece, t)) {
                            kind.forms().add(column(piece.ids().lower(), t));
                        }
                    }
                }
            }
        }
    }

    private static Kind kind(List<LabelLayer> layers, String label, String pennLabel) {
        int penn = layers.size() - 1;
        while (penn >= 0 && !hasPennTags(layers.get(penn))) {
            penn--;
        }
        return new Kind(
                layers.get(0).tags().index(label),
                penn,
                penn < 0 ? TagSet.ABSENT : layers.get(penn).tags().index(pennLabel),
                new ArrayList<>());
    }

    /** In other languages the layer of that name holds other tags. */
    private static boolean hasPennTags(LabelLayer layer) {
        return layer.name().equals(PENN)
                && layer.tags().index(ONE_NAME) != TagSet.ABSENT
                && layer.tags().index(ONE_NOUN) != TagSet.ABSENT;
    }

    private static int[] column(int[][] ids, int t) {
        int[] column = new int[ids.length];
        for (int at = 0; at < column.length; at++) {
            column[at] = ids[at][t];
        }
        return column;
    }

    /** The ids of the noun or the name that a token is to look like, or null where it stays as it is. */
    public int @Nullable [] swapped(Turn turn, int t, RandomGenerator random) {
        Piece piece = turn.piece();
        List<int[]> someNames = names.forms();
        List<int[]> someNouns = nouns.forms();
        if (turn.view() == View.AS_WRITTEN || t >= piece.length() || someNames.isEmpty() || someNouns.isEmpty()) {
            return null;
        }
        if (names.has(piece, t) && random.nextDouble() < share) {
            return someNouns.get(random.nextInt(someNouns.size()));
        }
        // Nouns are the more frequent: as many of them as of the names.
        if (nouns.has(piece, t) && random.nextDouble() < share * someNames.size() / someNouns.size()) {
            return someNames.get(random.nextInt(someNames.size()));
        }
        return null;
    }
}
