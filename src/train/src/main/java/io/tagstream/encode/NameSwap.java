package io.tagstream.encode;

import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.NounLabels;
import io.tagstream.recipe.NounLabels.Singular;
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
    /** A word class: its label in the first layer, and in the layer that tells one from many where there is one. */
    private record Kind(int label, int numberLayer, int singularLabel, List<int[]> forms) {
        boolean has(Piece piece, int t) {
            return piece.labels()[0][t] == label
                    && (numberLayer < 0 || piece.labels()[numberLayer][t] == singularLabel);
        }
    }

    private final double share;
    private final Kind names;
    private final Kind nouns;

    /**
     * @param share of the names that are swapped
     * @param labels the labels of names and nouns
     * @param layers the label layers; where the first lacks those labels nothing is swapped, and where one tells number it is singular nouns and
     *     names alone: a plural in the form of a singular would teach what is wrong
     * @param documents all that is learned from: by half of the names swapped, a word is as often a noun as a name, whatever it mostly is
     */
    public NameSwap(double share, NounLabels labels, List<LabelLayer> layers, List<List<Piece>> documents) {
        this.share = share;
        Singular singular = labels.singular();
        int number = numberLayer(layers, singular);
        this.names = kind(layers, labels.proper(), number, singular == null ? null : singular.proper());
        this.nouns = kind(layers, labels.common(), number, singular == null ? null : singular.common());
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

    private static Kind kind(List<LabelLayer> layers, String label, int numberLayer, @Nullable String singular) {
        return new Kind(
                layers.get(0).tags().index(label),
                numberLayer,
                numberLayer < 0 || singular == null
                        ? TagSet.ABSENT
                        : layers.get(numberLayer).tags().index(singular),
                new ArrayList<>());
    }

    /** The last layer that tells one from many, or -1. */
    private static int numberLayer(List<LabelLayer> layers, @Nullable Singular singular) {
        int layer = singular == null ? -1 : layers.size() - 1;
        while (layer >= 0 && !tellsNumber(layers.get(layer), singular)) {
            layer--;
        }
        return layer;
    }

    private static boolean tellsNumber(LabelLayer layer, @Nullable Singular singular) {
        return singular != null
                && layer.name().equals(singular.layer())
                && layer.tags().index(singular.proper()) != TagSet.ABSENT
                && layer.tags().index(singular.common()) != TagSet.ABSENT;
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
