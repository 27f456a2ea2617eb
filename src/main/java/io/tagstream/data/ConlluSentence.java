package io.tagstream.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The lines of one sentence as they are read. */
final class ConlluSentence {
    private static final String ABSENT = "_";
    private static final String SOFT = "soft.";

    private final List<String> forms = new ArrayList<>();
    private final List<String> upos = new ArrayList<>();
    private final List<String> xpos = new ArrayList<>();
    private final List<WordRange> ranges = new ArrayList<>();
    private final List<String> feats = new ArrayList<>();
    private final List<String> deprel = new ArrayList<>();
    private final Map<String, List<LabelShares>> soft = new TreeMap<>();
    private String id = "";
    private @Nullable String text;
    private boolean beginsDocument;

    ConlluSentence(boolean beginsDocument) {
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
    void word(String[] columns, ConlluPool pool) {
        if (columns[9].contains(SOFT)) {
            soft(columns[9], pool);
        }
        forms.add(pool.string(columns[1]));
        upos.add(pool.string(columns[3]));
        xpos.add(pool.string(columns[4]));
        feats.add(pool.string(columns[5]));
        deprel.add(pool.string(columns[7]));
    }

    private void soft(String misc, ConlluPool pool) {
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

    LabelledSentence build(ConlluPool pool) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        addLayer(labels, ConlluReader.UPOS, upos);
        addLayer(labels, ConlluReader.XPOS, xpos);
        addLayer(labels, ConlluReader.DEPREL, deprel);
        if (feats.stream().anyMatch(label -> !label.equals(ABSENT))) {
            labels.put(ConlluReader.FEATS, List.copyOf(feats));
        }
        return new LabelledSentence(id, text, forms, labels, beginsDocument, ranges, shares(pool));
    }

    /** A word without shares of its own has its label for certain. */
    private Map<String, List<LabelShares>> shares(ConlluPool pool) {
        Map<String, List<LabelShares>> shares = new HashMap<>();
        Map<String, List<String>> columns = Map.of(
                ConlluReader.UPOS,
                upos,
                ConlluReader.XPOS,
                xpos,
                ConlluReader.DEPREL,
                deprel,
                ConlluReader.FEATS,
                feats);
        soft.forEach((layer, given) -> {
            List<String> labels = columns.getOrDefault(layer, List.of());
            List<LabelShares> all = new ArrayList<>(forms.size());
            for (int word = 0; word < forms.size(); word++) {
                LabelShares said = word < given.size() ? given.get(word) : LabelShares.NONE;
                String label = word < labels.size() ? labels.get(word) : ABSENT;
                boolean certain = said.labels().isEmpty() && !label.isEmpty() && !label.equals(ABSENT);
                all.add(certain ? pool.certain(label) : said);
            }
            shares.put(layer, List.copyOf(all));
        });
        return shares;
    }

    private static void addLayer(Map<String, List<String>> labels, String name, List<String> layer) {
        if (layer.stream().noneMatch(label -> label.isEmpty() || label.equals(ABSENT))) {
            labels.put(name, List.copyOf(layer));
        }
    }
}
