package io.tagstream.eval;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.text.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows a model every sentence token by token, as a live source would: each prefix of a sentence is tagged as if it were all there is, from
 * the state before the sentence, so that the model takes its end symbols for the words to come. The state after the whole sentence runs on
 * through the document.
 */
public final class StreamingEvaluator {
    /** The most tokens of look-ahead that are looked at. */
    private static final int MOST_LOOK_AHEAD = 2;

    private StreamingEvaluator() {}

    /**
     * One pass; its work grows with the square of a sentence's length. Sentences without the model's first layer only move the state.
     *
     * @throws UsageException if no sentence has the model's first label layer
     */
    public static StreamingScore evaluate(TaggerModel model, List<LabelledSentence> corpus, Casing casing) {
        String layer = model.contract().labelLayers().get(0).name();
        List<IncrementalScore> scores = new ArrayList<>();
        for (int delay = 0; delay <= MOST_LOOK_AHEAD; delay++) {
            scores.add(new IncrementalScore(delay));
        }
        ConfusionMatrix whole = new ConfusionMatrix();
        int sentences = 0;
        HiddenState zero = HiddenState.zero(model.contract());
        HiddenState state = zero;
        try (SentenceTagger tagger = model.newTagger()) {
            for (LabelledSentence sentence : corpus) {
                List<Token> tokens = Evaluator.tokens(sentence, casing);
                HiddenState before = sentence.beginsDocument() ? zero : state;
                List<String> gold = sentence.labels().get(layer);
                List<List<String>> outputs = new ArrayList<>(tokens.size());
                for (int seen = gold == null ? tokens.size() : 1; seen <= tokens.size(); seen++) {
                    TaggedText tagged = tagger.tag(tokens.subList(0, seen), before);
                    outputs.add(tagged.tokens().stream().map(TokenTags::tag).toList());
                    state = tagged.next();
                }
                if (gold != null) {
                    sentences++;
                    scores.forEach(score -> score.add(outputs, gold));
                    List<String> last = outputs.get(outputs.size() - 1);
                    for (int token = 0; token < gold.size(); token++) {
                        whole.add(gold.get(token), last.get(token));
                    }
                }
            }
        }
        if (sentences == 0) {
            throw new UsageException("the corpus has not the model's label layer " + layer);
        }
        return new StreamingScore(
                layer,
                whole.total(),
                sentences,
                scores.stream().map(IncrementalScore::result).toList(),
                whole.accuracy());
    }
}
