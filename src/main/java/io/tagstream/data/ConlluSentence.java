package io.tagstream.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of one sentence as they are read. */
final class ConlluSentence {
    private static final String ABSENT = "_";

    private final List<String> forms = new ArrayList<>();
    private final List<String> upos = new ArrayList<>();
    private final List<String> xpos = new ArrayList<>();
    private final List<WordRange> ranges = new ArrayList<>();
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

    void word(String form, String universal, String own) {
        forms.add(form);
        upos.add(universal);
        xpos.add(own);
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
        Map<String, List<String>> labels = new LinkedHashMap<>();
        addLayer(labels, ConlluReader.UPOS, upos);
        addLayer(labels, ConlluReader.XPOS, xpos);
        return new LabelledSentence(id, text, forms, labels, beginsDocument, ranges);
    }

    private static void addLayer(Map<String, List<String>> labels, String name, List<String> layer) {
        if (layer.stream().noneMatch(label -> label.isEmpty() || label.equals(ABSENT))) {
            labels.put(name, List.copyOf(layer));
        }
    }
}
