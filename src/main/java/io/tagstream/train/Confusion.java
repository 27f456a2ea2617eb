package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Which label of a model's first layer was taken for which.
 *
 * @param labels those that the corpus has or the model gave, in alphabetical order
 * @param counts {@code [right label][label given]}
 */
record Confusion(List<String> labels, int[][] counts) {
    /** Tags a corpus with gold tokens, the state running through each document. */
    static Confusion of(TaggerModel model, List<LabelledSentence> corpus) {
        String layer = model.contract().labelLayers().get(0).name();
        List<String> right = new ArrayList<>();
        List<String> given = new ArrayList<>();
        HiddenState zero = HiddenState.zero(model.contract());
        HiddenState state = zero;
        try (SentenceTagger tagger = model.newTagger()) {
            for (LabelledSentence sentence : corpus) {
                List<Token> tokens = sentence.forms().stream().map(Token::of).toList();
                TaggedText tagged = tagger.tag(tokens, sentence.beginsDocument() ? zero : state);
                state = tagged.next();
                List<String> gold = sentence.labels().get(layer);
                if (gold != null) {
                    right.addAll(gold);
                    tagged.tokens().forEach(token -> given.add(token.tag()));
                }
            }
        }
        TreeSet<String> all = new TreeSet<>(right);
        all.addAll(given);
        List<String> labels = List.copyOf(all);
        int[][] counts = new int[labels.size()][labels.size()];
        for (int i = 0; i < right.size(); i++) {
            counts[labels.indexOf(right.get(i))][labels.indexOf(given.get(i))]++;
        }
        return new Confusion(labels, counts);
    }

    /** Tokens whose right label it is. */
    int right(int label) {
        int sum = 0;
        for (int count : counts[label]) {
            sum += count;
        }
        return sum;
    }

    /** Tokens that were given it. */
    int given(int label) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[label];
        }
        return sum;
    }

    /** Of those given the label, the share that has it; 0 where none was. */
    double precision(int label) {
        return given(label) == 0 ? 0 : (double) counts[label][label] / given(label);
    }

    /** Of those that have the label, the share that was given it; 0 where none has. */
    double recall(int label) {
        return right(label) == 0 ? 0 : (double) counts[label][label] / right(label);
    }

    /** The harmonic mean of precision and recall. */
    double f1(int label) {
        double sum = precision(label) + recall(label);
        return sum == 0 ? 0 : 2 * precision(label) * recall(label) / sum;
    }

    /** A mistake and how often it was made. */
    record Mistake(String right, String given, int count) {}

    /** The most frequent mistakes first. */
    List<Mistake> mistakes(int most) {
        List<Mistake> mistakes = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            for (int j = 0; j < counts.length; j++) {
                if (i != j && counts[i][j] > 0) {
                    mistakes.add(new Mistake(labels.get(i), labels.get(j), counts[i][j]));
                }
            }
        }
        mistakes.sort(Comparator.comparingInt(Mistake::count).reversed());
        return mistakes.subList(0, Math.min(most, mistakes.size()));
    }
}
