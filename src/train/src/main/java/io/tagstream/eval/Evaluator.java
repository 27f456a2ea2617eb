package io.tagstream.eval;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.text.UsageException;
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

    private Evaluator() {}

    /** What the tagger is shown. */
    public enum Casing {
        /** The forms as the corpus has them. */
        AS_WRITTEN,
        /** The forms in lower case. */
        LOWER_CASE;

        /** A form as the tagger is shown it. */
        public String of(String form) {
            return this == LOWER_CASE ? form.toLowerCase(Locale.ROOT) : form;
        }
    }

    /**
     * One pass to warm up, one that is measured; known words are those of the model's vocabulary.
     *
     * @throws UsageException if there is no sentence, or none has a label layer of the model
     */
    public static Evaluation evaluate(TaggerModel model, List<LabelledSentence> corpus, Casing casing) {
        return evaluate(model, corpus, casing, KnownWords.ofModel(model.contract()));
    }

    /**
     * One pass to warm up, one that is measured.
     *
     * @throws UsageException if there is no sentence, or none has a label layer of the model
     */
    public static Evaluation evaluate(
            TaggerModel model, List<LabelledSentence> corpus, Casing casing, KnownWords knownWords) {
        if (corpus.isEmpty()) {
            throw new UsageException("there is no sentence to evaluate on");
        }
        List<List<Token>> tokens = new ArrayList<>(corpus.size());
        for (LabelledSentence sentence : corpus) {
            tokens.add(tokens(sentence, casing));
        }
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        try (SentenceTagger tagger = model.newTagger()) {
            CorpusTagging.tag(model, tagger, corpus, tokens, Memory.CARRIED);
            long start = threads.getCurrentThreadCpuTime();
            List<List<TokenTags>> tagged = CorpusTagging.tag(model, tagger, corpus, tokens, Memory.CARRIED);
            long nanos = threads.getCurrentThreadCpuTime() - start;
            int count = corpus.stream().mapToInt(LabelledSentence::size).sum();
            return new Evaluation(
                    count,
                    corpus.size(),
                    layers(model, corpus, tagged, knownWords),
                    knownWords.source(),
                    calibration(model, corpus, tagged),
                    nanos / NANOS);
        }
    }

    static List<Token> tokens(LabelledSentence sentence, Casing casing) {
        List<Token> tokens = new ArrayList<>(sentence.size());
        for (String form : sentence.forms()) {
            tokens.add(Token.of(casing.of(form)));
        }
        return tokens;
    }

    private static Map<String, LayerScore> layers(
            TaggerModel model, List<LabelledSentence> corpus, List<List<TokenTags>> tagged, KnownWords knownWords) {
        Map<String, LayerScore> scores = new LinkedHashMap<>();
        List<LabelLayer> layers = model.contract().labelLayers();
        for (int layer = 0; layer < layers.size(); layer++) {
            String name = layers.get(layer).name();
            LayerScore score = LayerScore.empty();
            for (int s = 0; s < corpus.size(); s++) {
                List<String> gold = corpus.get(s).labels().get(name);
                if (gold == null) {
                    continue;
                }
                for (int t = 0; t < gold.size(); t++) {
                    boolean known = knownWords.isKnown(corpus.get(s).forms().get(t));
                    score.add(gold.get(t), label(tagged.get(s).get(t), layer, name), known);
                }
            }
            if (score.all().total() > 0) {
                scores.put(name, score);
            }
        }
        if (scores.isEmpty()) {
            throw new UsageException("the corpus has none of the model's label layers "
                    + layers.stream().map(LabelLayer::name).toList());
        }
        return scores;
    }

    /** The label that a token was given in a layer. */
    public static String label(TokenTags token, int layer, String name) {
        return layer == 0 ? token.tag() : token.tags().getOrDefault(name, "");
    }

    private static Calibration calibration(
            TaggerModel model, List<LabelledSentence> corpus, List<List<TokenTags>> tagged) {
        Calibration calibration = new Calibration();
        String first = model.contract().labelLayers().get(0).name();
        for (int s = 0; s < corpus.size(); s++) {
            List<String> gold = corpus.get(s).labels().getOrDefault(first, List.of());
            for (int t = 0; t < gold.size(); t++) {
                TokenTags token = tagged.get(s).get(t);
                calibration.add(token.score(), gold.get(t).equals(token.tag()));
            }
        }
        return calibration;
    }
}
