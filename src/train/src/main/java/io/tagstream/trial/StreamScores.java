package io.tagstream.trial;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.CorpusTagging;
import io.tagstream.eval.Memory;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.TokenTags;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A model on streams of each {@link StreamKind}, the state carried over sentences and reset at each: accuracy of its first label layer
 * in sentences that are not the first of their document, where alone the two differ; of all their tokens, and of the first
 * {@value #START} of each, where nothing in the sentence says yet what the stream is like.
 */
public final class StreamScores {
    public static final int START = 2;

    /** Which tokens are counted. */
    public enum Part {
        ALL,
        START
    }

    private StreamScores() {}

    /** The name of a value, an accuracy in percent. */
    public static String name(StreamKind kind, Memory memory, Part part) {
        return String.join(
                ", ",
                kind.words(),
                memory.name().toLowerCase(Locale.ROOT),
                part.name().toLowerCase(Locale.ROOT));
    }

    /** The name of a value, a number of tokens. */
    public static String tokens(Part part) {
        return "tokens, " + part.name().toLowerCase(Locale.ROOT);
    }

    public static Map<String, Double> of(TaggerModel model, List<LabelledSentence> dev) {
        String layer = model.contract().labelLayers().get(0).name();
        Map<String, Double> values = new LinkedHashMap<>();
        for (StreamKind kind : StreamKind.values()) {
            List<LabelledSentence> stream = kind.of(dev);
            for (Memory memory : Memory.values()) {
                List<List<TokenTags>> tagged = CorpusTagging.tag(model, stream, memory);
                Tally all = new Tally();
                Tally start = new Tally();
                for (int s = 0; s < dev.size(); s++) {
                    if (dev.get(s).beginsDocument()) {
                        continue;
                    }
                    List<String> gold = dev.get(s).labels().getOrDefault(layer, List.of());
                    for (int t = 0; t < gold.size(); t++) {
                        boolean right = gold.get(t).equals(tagged.get(s).get(t).tag());
                        all.add(right);
                        if (t < START) {
                            start.add(right);
                        }
                    }
                }
                values.put(name(kind, memory, Part.ALL), all.accuracy());
                values.put(name(kind, memory, Part.START), start.accuracy());
                values.put(tokens(Part.ALL), (double) all.all());
                values.put(tokens(Part.START), (double) start.all());
            }
        }
        values.values().removeIf(value -> value.isNaN());
        return values;
    }
}
