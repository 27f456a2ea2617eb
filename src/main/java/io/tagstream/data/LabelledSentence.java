package io.tagstream.data;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a labelled corpus.
 *
 * @param id the corpus's own name for it, may be empty
 * @param text the raw text where the corpus has it
 * @param forms the token forms
 * @param labels by layer name (upos, xpos) one label a token
 * @param beginsDocument whether a document begins with this sentence
 * @param ranges the multiword tokens in their order; empty where the corpus has none
 */
public record LabelledSentence(
        String id,
        @Nullable String text,
        List<String> forms,
        Map<String, List<String>> labels,
        boolean beginsDocument,
        List<WordRange> ranges) {
    public LabelledSentence {
        forms = List.copyOf(forms);
        labels = Map.copyOf(labels);
        ranges = List.copyOf(ranges);
        for (Map.Entry<String, List<String>> layer : labels.entrySet()) {
            if (layer.getValue().size() != forms.size()) {
                throw new IllegalArgumentException("sentence '" + id + "' has " + forms.size() + " tokens but "
                        + layer.getValue().size() + " labels in layer " + layer.getKey());
            }
        }
    }

    /** A sentence without multiword tokens. */
    public LabelledSentence(
            String id,
            @Nullable String text,
            List<String> forms,
            Map<String, List<String>> labels,
            boolean beginsDocument) {
        this(id, text, forms, labels, beginsDocument, List.of());
    }

    public int size() {
        return forms.size();
    }
}
