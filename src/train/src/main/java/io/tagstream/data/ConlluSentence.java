package io.tagstream.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lines of one sentence as they are read. */
final class ConlluSentence {
    private static final String SOFT = "soft.";

    private final Map<String, ConlluColumn> columns;
    private final ConlluPool pool;
    private final List<String> forms = new ArrayList<>();
    private final Map<String, List<String>> labels = new HashMap<>();
    private final List<WordRange> ranges = new ArrayList<>();
    private final Map<String, List<LabelShares>> soft = new TreeMap<>();
    private String id = "";
    private @Nullable String text;
    private boolean beginsDocument;

    /** @param columns what labels are read from, by layer */
    ConlluSentence(boolean beginsDocument, Map<String, ConlluColumn> columns, ConlluPool pool) {
        this.columns = columns;
        this.pool = pool;
        this.beginsDocument = beginsDocument;
    }

    /** A comment line without its {@code #}. */
    void comment(String comment) {
        int equals = comment.indexOf('=');
        String key = (equals < 0 ? comment : comment.substring(0, equals)).strip();
        String value = equals < 0 ? "" : comment.substring(equals + 1).strip();
        switch (key) {
            case "sent_id" -> id = value;
            case "text" -> text = value;
            case "newdoc", "newdoc id" -> beginsDocument = true;
            default -> {
                // Other comments are free text.
            }
        }
    }

    /**
     * All columns of a word's line.
     *
     * @throws IllegalArgumentException with what is wrong, if the last one's shares of labels cannot be read
     */
    void word(String[] line) {
        if (line[9].contains(SOFT)) {
            soft(line[9]);
        }
        forms.add(pool.string(line[1]));
        columns.forEach((layer, column) ->
                labels.computeIfAbsent(layer, name -> new ArrayList<>()).add(pool.string(column.label(line))));
    }

    private void soft(String misc) {
        for (String entry : misc.split("\\|", -1)) {
            if (!entry.startsWith(SOFT)) {
                continue;
            }
            int equals = entry.indexOf('=');
            if (equals <= SOFT.length()) {
                throw new IllegalArgumentException("'" + entry + "' is no layer and its labels (soft.upos=NOUN/93)");
            }
            List<LabelShares> layer = soft.computeIfAbsent(
                    pool.string(entry.substring(SOFT.length(), equals)), name -> new ArrayList<>());
            while (layer.size() < forms.size()) {
                layer.add(LabelShares.NONE);
            }
            if (layer.size() > forms.size()) {
                throw new IllegalArgumentException("it has two of " + entry.substring(0, equals));
            }
            layer.add(pool.shares(entry.substring(equals + 1)));
        }
    }

    /**
     * The multiword token over the words that follow.
     *
     * @param words how many words it spans
     */
    void range(int words, String form) {
        ranges.add(new WordRange(forms.size(), forms.size() + words, form));
    }

    /** Whether a multiword token spans words that are not there. */
    boolean lacksWords() {
        return ranges.stream().anyMatch(range -> range.to() > forms.size());
    }

    int size() {
        return forms.size();
    }

    LabelledSentence build() {
        Map<String, List<String>> complete = new HashMap<>();
        columns.forEach((layer, column) -> {
            List<String> all = labels.getOrDefault(layer, List.of());
            if (column.isComplete(all)) {
                complete.put(layer, List.copyOf(all));
            }
        });
        return new LabelledSentence(id, text, forms, complete, beginsDocument, ranges, shares(complete.keySet()));
    }

    /**
     * A word without shares of its own has its label for certain.
     *
     * @param complete the layers in which a word that seems to be without a label has that for its label
     */
    private Map<String, List<LabelShares>> shares(Set<String> complete) {
        Map<String, List<LabelShares>> shares = new HashMap<>();
        soft.forEach((layer, given) -> {
            List<String> hard = labels.getOrDefault(layer, List.of());
            List<LabelShares> all = new ArrayList<>(forms.size());
            for (int word = 0; word < forms.size(); word++) {
                LabelShares said = word < given.size() ? given.get(word) : LabelShares.NONE;
                String label = word < hard.size() ? hard.get(word) : ConlluColumn.ABSENT;
                boolean labelled = !label.equals(ConlluColumn.ABSENT) || complete.contains(layer);
                all.add(labelled && said.labels().isEmpty() ? pool.certain(label) : said);
            }
            shares.put(layer, List.copyOf(all));
        });
        return shares;
    }
}
