package io.tagstream.trial;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.CorpusTagging;
import io.tagstream.eval.KnownWords;
import io.tagstream.eval.Memory;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.TokenTags;
import io.tagstream.trial.Recurrences.Place;
import io.tagstream.trial.Recurrences.Words;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model on words unknown to training that recur in a document, the state carried and reset: does it do better once it has met
 * them? Accuracy of the first label layer.
 */
public final class NameScores {
    /** Where case tells a name, and where it does not. */
    public static final List<StreamKind> KINDS = List.of(StreamKind.AS_WRITTEN, StreamKind.LOWER_CASE);

    private NameScores() {}

    /** The name of a value, an accuracy in percent. */
    public static String name(StreamKind kind, Words words, boolean first, Memory memory) {
        return String.join(
                ", ", kind.words(), tokens(words, first), memory.name().toLowerCase(Locale.ROOT));
    }

    /** The name of a value, a number of tokens. */
    public static String tokens(Words words, boolean first) {
        return words.name().toLowerCase(Locale.ROOT) + (first ? ", first" : ", later");
    }

    public static Map<String, Double> of(TaggerModel model, List<LabelledSentence> dev, KnownWords known) {
        String layer = model.contract().labelLayers().get(0).name();
        Map<String, Double> values = new LinkedHashMap<>();
        for (StreamKind kind : KINDS) {
            List<LabelledSentence> stream = kind.of(dev);
            for (Memory memory : Memory.values()) {
                List<List<TokenTags>> tagged = CorpusTagging.tag(model, stream, memory);
                for (Words words : Words.values()) {
                    Recurrences recurrences = Recurrences.in(dev, layer, known, words);
                    for (boolean first : new boolean[] {true, false}) {
                        Tally tally = new Tally();
                        for (Place place : first ? recurrences.first() : recurrences.later()) {
                            String gold = dev.get(place.sentence())
                                    .labels()
                                    .getOrDefault(layer, List.of())
                                    .get(place.token());
                            tally.add(gold.equals(tagged.get(place.sentence())
                                    .get(place.token())
                                    .tag()));
                        }
                        values.put(name(kind, words, first, memory), tally.accuracy());
                        values.put(tokens(words, first), (double) tally.all());
                    }
                }
            }
        }
        values.values().removeIf(value -> value.isNaN());
        return values;
    }
}
