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
 * @param labelLayers the label layers, the first is the one that scores
 * @param columns the feature recipe: the graph's id inputs in order
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
        List<LabelLayer> labelLayers,
        List<FeatureColumn> columns,
        String tokenizer,
        String precision,
        Provenance provenance) {
    /** The version of the contract that this build reads and writes. */
    public static final int VERSION = 1;

    public ModelContract {
        labelLayers = List.copyOf(labelLayers);
        columns = List.copyOf(columns);
    }

    /** The number of floats in h, and in c: layers times hidden. */
    public int stateSize() {
        return layers * hidden;
    }
}
