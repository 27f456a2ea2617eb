package io.tagstream.recipe;

import org.jspecify.annotations.Nullable;

/**
 * The labels that tell names from common nouns.
 *
 * @param proper the label of a name in the first label layer
 * @param common the label of a common noun there
 * @param singular where a second layer tells one from many, or null where number does not matter
 */
public record NounLabels(
        String proper, String common, @Nullable Singular singular) {
    /** Universal tags, with Penn Treebank tags beside. */
    public static final NounLabels UNIVERSAL = new NounLabels("PROPN", "NOUN", new Singular("xpos", "NNP", "NN"));

    /**
     * The labels of one name and of one common noun. They count where the layer has both: in other languages a layer of that name holds other
     * tags.
     */
    public record Singular(String layer, String proper, String common) {}
}
