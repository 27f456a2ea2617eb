package io.tagstream.model;

import java.util.List;

/**
 * What a model file says of itself: all that is needed to turn tokens into its inputs, its outputs into labels, and to keep
 * its state. Immutable.
 *
 * @param name the model's name, {@code en}
 * @param language the language, a BCP 47 tag
 * @param cell the recurrent cell
 * @param layers the number of forward layers, at least 1; h0 and c0 are {@code [layers, 1, hidden]}
 * @param hidden the width of a forward layer
 * @param backwardHidden the width of the backward layer inside the sentence, 0 where there is none; never stored
 * @param lookAhead how many tokens past a token its tag is read off; as many end symbols follow every call's tokens
 * @param spread over how many rows after its own a token's logits are spread, 0 to the look-ahead; {@link TensorNames#LOGITS} says how
 * @param labelLayers the label layers, the first is the one that scores
 * @param columns the feature recipe, in the order of a token's ids
 * @param tokenizer the name of the tokenizer for raw text, {@code ud-english}
 * @param precision {@code fp32} or {@code int8}, for people
 * @param provenance where it comes from
 */
public record ModelContract(
        String name,
        String language,
        Cell cell,
        int layers,
        int hidden,
        int backwardHidden,
        int lookAhead,
        int spread,
        List<LabelLayer> labelLayers,
        List<FeatureColumn> columns,
        String tokenizer,
        String precision,
        Provenance provenance) {
    /** The version of the contract that this build reads and writes. It is part of a model file, and so of its fingerprint. */
    public static final int VERSION = 2;

    public ModelContract {
        labelLayers = List.copyOf(labelLayers);
        columns = List.copyOf(columns);
    }

    /** A contract with each token's logits in a row of their own. */
    public ModelContract(
            String name,
            String language,
            Cell cell,
            int layers,
            int hidden,
            int backwardHidden,
            int lookAhead,
            List<LabelLayer> labelLayers,
            List<FeatureColumn> columns,
            String tokenizer,
            String precision,
            Provenance provenance) {
        this(
                name,
                language,
                cell,
                layers,
                hidden,
                backwardHidden,
                lookAhead,
                0,
                labelLayers,
                columns,
                tokenizer,
                precision,
                provenance);
    }

    /** The same contract with other columns and another spread. */
    public ModelContract with(List<FeatureColumn> columns, int spread) {
        return new ModelContract(
                name,
                language,
                cell,
                layers,
                hidden,
                backwardHidden,
                lookAhead,
                spread,
                labelLayers,
                columns,
                tokenizer,
                precision,
                provenance);
    }

    /** The number of labels of all layers together. */
    public int labels() {
        return labelLayers.stream().mapToInt(layer -> layer.tags().size()).sum();
    }

    /** The number of floats in h, and in c: layers times hidden. */
    public int stateSize() {
        return layers * hidden;
    }
}
