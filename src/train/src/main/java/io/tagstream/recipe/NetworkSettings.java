package io.tagstream.recipe;

import io.tagstream.model.Cell;

/**
 * The shape of the network to train.
 *
 * @param cell the recurrent cell
 * @param layers forward layers, at least 1
 * @param hidden width of a forward layer, at least 1
 * @param backwardHidden width of the backward layer inside the sentence, 0 for none
 * @param lookAhead tokens past a token that its label depends on, at least 0
 * @param window whether the recurrent layers read the embeddings of those tokens beside the token's own; otherwise the label is
 *     read off the states after them
 * @param wordWidth width of the word embedding where there are no word vectors; with word vectors it is theirs
 * @param affixes the columns beside the word, separated by commas, as the model contract writes them: {@code prefix 3,suffix 2,shape}
 * @param affixWidth width of each affix and shape embedding
 * @param words most words in the vocabulary, those of the training corpus first
 */
public record NetworkSettings(
        Cell cell,
        int layers,
        int hidden,
        int backwardHidden,
        int lookAhead,
        boolean window,
        int wordWidth,
        String affixes,
        int affixWidth,
        int words) {
    public static final Cell DEFAULT_CELL = Cell.LSTM;
    public static final int DEFAULT_LAYERS = 1;
    public static final int DEFAULT_HIDDEN = 256;
    public static final int DEFAULT_BACKWARD_HIDDEN = 0;
    public static final int DEFAULT_LOOK_AHEAD = 1;
    public static final boolean DEFAULT_WINDOW = false;
    public static final int DEFAULT_WORD_WIDTH = 100;
    public static final String DEFAULT_AFFIXES = "prefix 1,prefix 2,prefix 3,suffix 1,suffix 2,suffix 3,suffix 4,shape";
    public static final int DEFAULT_AFFIX_WIDTH = 24;
    public static final int DEFAULT_WORDS = 60_000;
    /** All by default. */
    public static final NetworkSettings DEFAULT = new NetworkSettings(
            DEFAULT_CELL,
            DEFAULT_LAYERS,
            DEFAULT_HIDDEN,
            DEFAULT_BACKWARD_HIDDEN,
            DEFAULT_LOOK_AHEAD,
            DEFAULT_WINDOW,
            DEFAULT_WORD_WIDTH,
            DEFAULT_AFFIXES,
            DEFAULT_AFFIX_WIDTH,
            DEFAULT_WORDS);

    public NetworkSettings {
        Checks.atLeast("layers", layers, 1);
        Checks.atLeast("hidden", hidden, 1);
        Checks.atLeast("backwardHidden", backwardHidden, 0);
        Checks.atLeast("lookAhead", lookAhead, 0);
        Checks.atLeast("wordWidth", wordWidth, 1);
        Checks.atLeast("affixWidth", affixWidth, 1);
        Checks.atLeast("words", words, 1);
    }

    /** Tokens whose embeddings a recurrent layer reads at once. */
    public int windowWidth() {
        return window ? 1 + lookAhead : 1;
    }

    /** States of the top forward layer that a label is read off. */
    public int statesRead() {
        return window ? 1 : 1 + lookAhead;
    }

    /** The same with an RNN for an LSTM and the other way round. */
    NetworkSettings withOtherCell() {
        return new NetworkSettings(
                cell == Cell.LSTM ? Cell.RNN : Cell.LSTM,
                layers,
                hidden,
                backwardHidden,
                lookAhead,
                window,
                wordWidth,
                affixes,
                affixWidth,
                words);
    }
}
