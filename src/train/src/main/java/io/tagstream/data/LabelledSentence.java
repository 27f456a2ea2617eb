package io.tagstream.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * @param soft by layer name what a machine says of each token; without the layers that it says nothing of
 */
public record LabelledSentence(
        String id,
        @Nullable String text,
        List<String> forms,
        Map<String, List<String>> labels,
        boolean beginsDocument,
        List<WordRange> ranges,
        Map<String, List<LabelShares>> soft) {
    public LabelledSentence {
        forms = List.copyOf(forms);
        labels = Map.copyOf(labels);
        ranges = List.copyOf(ranges);
        soft = Map.copyOf(soft);
        int size = forms.size();
        labels.forEach((layer, all) -> requireOneEach(id, size, layer, all));
        soft.forEach((layer, all) -> requireOneEach(id, size, layer, all));
    }

    private static void requireOneEach(String id, int size, String layer, List<?> labels) {
        if (labels.size() != size) {
            throw new IllegalArgumentException(
                    "sentence '" + id + "' has " + size + " tokens but " + labels.size() + " labels in layer " + layer);
        }
    }

    /** A sentence that no machine says anything of. */
    public LabelledSentence(
            String id,
            @Nullable String text,
            List<String> forms,
            Map<String, List<String>> labels,
            boolean beginsDocument,
            List<WordRange> ranges) {
        this(id, text, forms, labels, beginsDocument, ranges, Map.of());
    }

    /** A sentence without multiword tokens. */
    public LabelledSentence(
            String id,
            @Nullable String text,
            List<String> forms,
            Map<String, List<String>> labels,
            boolean beginsDocument) {
        this(id, text, forms, labels, beginsDocument, List.of(), Map.of());
    }

    /** The same without some layers. */
    LabelledSentence without(Set<String> layers) {
        Map<String, List<String>> others = new HashMap<>(labels);
        others.keySet().removeAll(layers);
        return new LabelledSentence(id, text, forms, others, beginsDocument, ranges, soft);
    }

    public int size() {
        return forms.size();
    }
}
