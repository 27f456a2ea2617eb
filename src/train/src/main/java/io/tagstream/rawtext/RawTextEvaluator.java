package io.tagstream.rawtext;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluator;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.text.UsageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Scores tokenisation and tagging together: the tagger gets each sentence's text, not its words. The state runs through a document as
 * in {@link Evaluator}.
 */
public final class RawTextEvaluator {
    private RawTextEvaluator() {}

    /**
     * One pass over the corpus.
     *
     * @param tokenizer text to tokens with their offsets
     * @throws UsageException if a sentence has no text, or one that its words do not fit
     */
    public static RawScore evaluate(
            TaggerModel model, Function<String, List<Token>> tokenizer, List<LabelledSentence> corpus, Casing casing) {
        HiddenState zero = HiddenState.zero(model.contract());
        HiddenState state = zero;
        Count count = new Count(model.contract().labelLayers());
        try (SentenceTagger tagger = model.newTagger()) {
            for (LabelledSentence sentence : corpus) {
                List<AlignedWord> gold = GoldWords.of(sentence);
                String text = GoldWords.text(sentence);
                List<Token> tokens = tokenizer.apply(casing == Casing.LOWER_CASE ? lowerCase(text) : text);
                TaggedText tagged = tagger.tag(tokens, sentence.beginsDocument() ? zero : state);
                state = tagged.next();
                count.add(sentence, gold, tagged.tokens());
            }
        }
        return count.score();
    }

    /** In lower case, with every character where it was: one whose lower case is longer or shorter stays. */
    static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int small = Character.toLowerCase(character);
            lower.appendCodePoint(Character.charCount(small) == Character.charCount(character) ? small : character);
        });
        return lower.toString();
    }

    /** The running sums. */
    private static final class Count {
        private final List<LabelLayer> layers;
        private final Map<String, Integer> right = new LinkedHashMap<>();
        private int gold;
        private int found;
        private int aligned;

        Count(List<LabelLayer> layers) {
            this.layers = layers;
        }

        void add(LabelledSentence sentence, List<AlignedWord> words, List<TokenTags> tokens) {
            List<AlignedWord> system = new ArrayList<>(tokens.size());
            for (TokenTags token : tokens) {
                Token at = token.token();
                system.add(new AlignedWord(at.form(), at.start(), at.end(), false));
            }
            List<WordAlignment.Pair> pairs = WordAlignment.align(words, system);
            gold += words.size();
            found += system.size();
            aligned += pairs.size();
            for (int layer = 0; layer < layers.size(); layer++) {
                String name = layers.get(layer).name();
                List<String> labels = sentence.labels().get(name);
                if (labels == null) {
                    continue;
                }
                int same = 0;
                for (WordAlignment.Pair pair : pairs) {
                    String label = Evaluator.label(tokens.get(pair.system()), layer, name);
                    same += labels.get(pair.gold()).equals(label) ? 1 : 0;
                }
                right.merge(name, same, Integer::sum);
            }
        }

        RawScore score() {
            return new RawScore(gold, found, aligned, right);
        }
    }
}
