package io.tagstream.trial;

import io.tagstream.model.Cell;
import io.tagstream.recipe.NetworkSettings;
import java.util.List;
import java.util.Locale;

/**
 * A network that takes part: the base, or the base with one thing changed.
 *
 * @param name as it is chosen by and found under
 * @param choice what is changed, for people
 * @param network its shape
 * @param carry whether the state runs through a document, in training and when scored on dev; otherwise each sentence starts afresh
 * @param vectors whether it starts from word vectors, where there are any
 */
public record Row(String name, String choice, NetworkSettings network, boolean carry, boolean vectors) {
    public static final Row BASE = new Row("base", "the base", shape(Cell.LSTM, 128, 0, 1), true, true);
    /** The base without memory over sentences. */
    public static final Row RESET =
            new Row("reset", "state reset at each sentence", shape(Cell.LSTM, 128, 0, 1), false, true);

    public static final Row WITHOUT_VECTORS =
            new Row("no-vectors", "no word vectors", shape(Cell.LSTM, 128, 0, 1), true, false);
    /** All, the base first. */
    public static final List<Row> ALL = List.of(
            BASE,
            new Row("rnn", "RNN for LSTM", shape(Cell.RNN, 128, 0, 1), true, true),
            RESET,
            new Row("ahead-0", "no look-ahead", shape(Cell.LSTM, 128, 0, 0), true, true),
            new Row("ahead-2", "look-ahead 2", shape(Cell.LSTM, 128, 0, 2), true, true),
            new Row("sentence", "whole sentence", shape(Cell.LSTM, 128, 128, 0), true, true),
            WITHOUT_VECTORS,
            new Row("hidden-64", "hidden 64", shape(Cell.LSTM, 64, 0, 1), true, true),
            new Row("hidden-256", "hidden 256", shape(Cell.LSTM, 256, 0, 1), true, true));

    private static NetworkSettings shape(Cell cell, int hidden, int backward, int lookAhead) {
        NetworkSettings defaults = NetworkSettings.DEFAULT;
        return new NetworkSettings(
                cell,
                1,
                hidden,
                backward,
                lookAhead,
                defaults.window(),
                defaults.wordWidth(),
                defaults.affixes(),
                defaults.affixWidth(),
                defaults.words());
    }

    /** All that a row may differ in, in words. */
    public String settings(boolean withVectors) {
        String layers = network.layers() == 1 ? "1 layer" : network.layers() + " layers";
        String backward = network.backwardHidden() == 0 ? "" : ", backward layer " + network.backwardHidden();
        return String.format(
                Locale.ROOT,
                "%s %d, %s, look-ahead %d%s, %s, %s",
                network.cell(),
                network.hidden(),
                layers,
                network.lookAhead(),
                backward,
                carry ? "carried" : "reset",
                vectors && withVectors ? "vectors" : "no vectors");
    }
}
