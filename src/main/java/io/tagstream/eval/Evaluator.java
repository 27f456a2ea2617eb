package io.tagstream.eval;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tags a labelled corpus with gold tokens and counts what is right. The state runs through a document and starts afresh with
 * the next, as it does in a stream. Works on the calling thread.
 */
public final class Evaluator {
    private static final double NANOS = 1e9;
    private static final double PERCENT = 100;

    private Evaluator() {}

    /** What the tagger is shown. */
    public enum Casing {
        /** The forms as the corpus has them. */
        AS_WRITTEN,
        /** The forms in lower case. */
        LOWER_CASE
    }

    /**
     * One pass to warm up, one that is measured.
     *
     * @throws IllegalArgumentException if there is no sentence, or none has a label layer of the model
     */
    public static Evaluation evaluate(TaggerModel model, List<LabelledSentence> corpus, Casing casing) {
        if (corpus.isEmpty()) {
            throw new IllegalArgumentException("there is no sentence to evaluate on");
        }
        List<List<Token>> tokens = new ArrayList<>(corpus.size());
        for (LabelledSentence sentence : corpus) {
            tokens.add(tokens(sentence, casing));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (SentenceTagger tagger = model.newTagger()) {
            tag(model, tagger, corpus, tokens);
            long start = threads.getCurrentThreadCpuTime();
            List<List<TokenTags>> tagged = tag(model, tagger, corpus, tokens);
            long nanos = threads.getCurrentThreadCpuTime() - start;
            int count = corpus.stream().mapToInt(LabelledSentence::size).sum();
            return new Evaluation(count, corpus.size(), accuracy(model, corpus, tagged), nanos / NANOS);
        }
    }

    private static List<Token> tokens(LabelledSentence sentence, Casing casing) {
        List<Token> tokens = new ArrayList<>(sentence.size());
        for (String form : sentence.forms()) {
            tokens.add(Token.of(casing == Casing.LOWER_CASE ? form.toLowerCase(Locale.ROOT) : form));
        }
        return tokens;
    }

    private static List<List<TokenTags>> tag(
            TaggerModel model, SentenceTagger tagger, List<LabelledSentence> corpus, List<List<Token>> tokens) {
        HiddenState zero = HiddenState.zero(model.contract());
        HiddenState state = zero;
        List<List<TokenTags>> tagged = new ArrayList<>(corpus.size());
        for (int s = 0; s < corpus.size(); s++) {
            TaggedText text = tagger.tag(tokens.get(s), corpus.get(s).beginsDocument() ? zero : state);
            state = text.next();
            tagged.add(text.tokens());
        }
        return tagged;
    }

    private static Map<String, Double> accuracy(
            TaggerModel model, List<LabelledSentence> corpus, List<List<TokenTags>> tagged) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        List<LabelLayer> layers = model.contract().labelLayers();
        for (int layer = 0; layer < layers.size(); layer++) {
            String name = layers.get(layer).name();
            int right = 0;
            int all = 0;
            for (int s = 0; s < corpus.size(); s++) {
                List<String> gold = corpus.get(s).labels().get(name);
                if (gold == null) {
                    continue;
                }
                all += gold.size();
                for (int t = 0; t < gold.size(); t++) {
                    TokenTags token = tagged.get(s).get(t);
                    String label = layer == 0 ? token.tag() : token.tags().get(name);
                    right += gold.get(t).equals(label) ? 1 : 0;
                }
            }
            if (all > 0) {
                accuracy.put(name, PERCENT * right / all);
            }
        }
        if (accuracy.isEmpty()) {
            throw new IllegalArgumentException("the corpus has none of the model's label layers "
                    + layers.stream().map(LabelLayer::name).toList());
        }
        return accuracy;
    }
}
