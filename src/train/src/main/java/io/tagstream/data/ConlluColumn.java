package io.tagstream.data;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A column of CoNLL-U that labels are read from.
 *
 * @param index from 0
 * @param key the key of MISC; empty for all of a column
 */
record ConlluColumn(int index, String key) {
    static final String ABSENT = "_";

    private static final int FEATS = 5;
    private static final int MISC = 9;
    private static final Map<String, ConlluColumn> NAMED = Map.of(
            ConlluReader.UPOS, new ConlluColumn(3, ""),
            ConlluReader.XPOS, new ConlluColumn(4, ""),
            ConlluReader.FEATS, new ConlluColumn(FEATS, ""),
            ConlluReader.DEPREL, new ConlluColumn(7, ""));

    /**
     * The columns of some layers and those that are always read, by layer.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    static Map<String, ConlluColumn> of(List<LayerColumn> layers) {
        Map<String, ConlluColumn> columns = new LinkedHashMap<>(NAMED);
        layers.forEach(layer -> columns.put(layer.name(), of(layer.column())));
        return columns;
    }

    /** Whether a column has that name. */
    static boolean isNamed(String name) {
        return NAMED.containsKey(name);
    }

    private static ConlluColumn of(String name) {
        ConlluColumn named = NAMED.get(name);
        if (named != null) {
            return named;
        }
        if (name.startsWith(LayerColumn.MISC) && name.length() > LayerColumn.MISC.length()) {
            return new ConlluColumn(MISC, name.substring(LayerColumn.MISC.length()));
        }
        throw new IllegalArgumentException("CoNLL-U has no column '" + name
                + "' of labels, expected upos, xpos, feats, deprel or misc.KEY (for a key of the last column)");
    }

    /** A word's label, or {@link #ABSENT}. */
    String label(String[] columns) {
        if (key.isEmpty()) {
            return columns[index].isEmpty() ? ABSENT : columns[index];
        }
        for (String entry : columns[index].split("\\|", -1)) {
            if (entry.startsWith(key) && entry.startsWith("=", key.length()) && entry.length() > key.length() + 1) {
                return entry.substring(key.length() + 1);
            }
        }
        return ABSENT;
    }

    /** Whether any of some words has a label. */
    static boolean isUsed(List<String> labels) {
        return labels.stream().anyMatch(label -> !label.equals(ABSENT));
    }

    /** Whether a sentence whose words have these labels has the layer: a word may be without a feature, and not without a tag. */
    boolean isComplete(List<String> labels) {
        if (!key.isEmpty()) {
            return true;
        }
        return index == FEATS ? isUsed(labels) : labels.stream().noneMatch(label -> label.equals(ABSENT));
    }
}
