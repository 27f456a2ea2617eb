package io.tagstream.trial;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.KnownWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Words unknown to training that come again in a later sentence of their document: where they stand first, and where they stand again.
 * Words are the same whatever their case.
 *
 * @param first the first occurrences
 * @param later the occurrences in later sentences than the first
 */
public record Recurrences(List<Place> first, List<Place> later) {
    private static final String NAME = "PROPN";

    public Recurrences {
        first = List.copyOf(first);
        later = List.copyOf(later);
    }

    /** Which words are looked at. */
    public enum Words {
        /** Proper nouns by UPOS. */
        NAMES,
        ALL
    }

    /** A token: the sentence's number in the corpus and the token's in the sentence. */
    record Place(int sentence, int token) {}

    /**
     * @param layer the label layer that is scored; sentences without it are passed over
     * @param known the words of training
     */
    static Recurrences in(List<LabelledSentence> corpus, String layer, KnownWords known, Words words) {
        List<Place> first = new ArrayList<>();
        List<Place> later = new ArrayList<>();
        Map<String, List<Place>> document = new LinkedHashMap<>();
        for (int s = 0; s < corpus.size(); s++) {
            LabelledSentence sentence = corpus.get(s);
            if (sentence.beginsDocument()) {
                collect(document, first, later);
                document.clear();
            }
            List<String> labels = sentence.labels().getOrDefault(layer, List.of());
            for (int t = 0; t < labels.size(); t++) {
                String form = sentence.forms().get(t);
                if (!known.isKnown(form) && (words == Words.ALL || labels.get(t).equals(NAME))) {
                    document.computeIfAbsent(form.toLowerCase(Locale.ROOT), word -> new ArrayList<>())
                            .add(new Place(s, t));
                }
            }
        }
        collect(document, first, later);
        return new Recurrences(first, later);
    }

    private static void collect(Map<String, List<Place>> document, List<Place> first, List<Place> later) {
        for (List<Place> places : document.values()) {
            Place start = places.get(0);
            List<Place> again = places.stream()
                    .filter(place -> place.sentence() > start.sentence())
                    .toList();
            if (!again.isEmpty()) {
                first.add(start);
                later.addAll(again);
            }
        }
    }
}
