package io.tagstream.data;

import io.tagstream.text.UsageException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A label layer to read, and the column that its labels stand in: in CoNLL-U {@code upos}, {@code xpos}, {@code feats}, {@code deprel} or
 * {@code misc.KEY}; in a file of columns its number, counted from 1 with the word's, or the layer's own name where the columns are named
 * from left to right.
 *
 * @param name the layer's name
 * @param column where its labels stand
 */
public record LayerColumn(String name, String column) {
    static final String MISC = "misc.";

    /**
     * Reads {@code ner=misc.Entity}, {@code ner=4}, {@code xpos}, and {@code misc.Entity}, whose layer is {@code Entity}.
     *
     * @throws UsageException if it is written otherwise
     */
    public static LayerColumn parse(String text) {
        int equals = text.indexOf('=');
        String column = text.substring(equals + 1).strip();
        String name = equals >= 0
                ? text.substring(0, equals).strip()
                : column.startsWith(MISC) ? column.substring(MISC.length()) : column;
        if (name.isEmpty() || column.isEmpty()) {
            throw new UsageException(
                    "'" + text + "' is no label layer: expected a name (upos), or a name and its column (ner=4)");
        }
        return new LayerColumn(name, column);
    }

    /**
     * Several.
     *
     * @throws UsageException if one is written otherwise or two have one name
     */
    public static List<LayerColumn> parse(List<String> texts) {
        List<LayerColumn> layers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : texts) {
            LayerColumn layer = parse(text);
            if (!names.add(layer.name())) {
                throw new UsageException("the label layer '" + layer.name() + "' is there twice");
            }
            layers.add(layer);
        }
        return layers;
    }

    boolean isNumbered() {
        return column.matches("[0-9]{1,4}");
    }
}
