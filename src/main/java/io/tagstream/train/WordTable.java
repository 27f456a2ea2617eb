package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The words of a model: those of the training corpus first, the frequent ones of the word vectors after them. Only the first
 * learn; a word that training never showed keeps its pre-trained vector as it is.
 *
 * @param column the word column
 * @param learned how many ids learn: unknown, end and the words of the training corpus
 * @param counts by id below {@code learned}, how often training shows the word; 0 for unknown and end
 * @param width width of an embedding
 * @param frozen the pre-trained vectors by id, {@code [vocabulary size, width]}; zeros where there is none
 * @param pretrained by id, whether there is a pre-trained vector
 */
record WordTable(FeatureColumn column, int learned, int[] counts, int width, float[] frozen, boolean[] pretrained) {
    /** A word without a pre-trained vector must be seen this often for an id of its own. */
    static final int LEAST_COUNT = 2;

    private static final String COLUMN_NAME = "word";

    /** How often each lower-case word stands in a corpus, by word. */
    static Map<String, Integer> count(List<LabelledSentence> corpus) {
        Map<String, Integer> counts = new TreeMap<>();
        for (LabelledSentence sentence : corpus) {
            for (String form : sentence.forms()) {
                counts.merge(form.toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * @param counts the training corpus's words
     * @param width width of an embedding where there are no vectors
     * @param most most words in the table
     */
    static WordTable of(Map<String, Integer> counts, WordVectors vectors, int width, int most) {
        List<String> words = new ArrayList<>(counts.keySet().stream()
                .filter(word -> vectors.byWord().containsKey(word) || counts.getOrDefault(word, 0) >= LEAST_COUNT)
                .sorted(Comparator.comparing((String word) -> counts.getOrDefault(word, 0))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList());
        int learned = Vocabulary.FIRST_ENTRY + words.size();
        vectors.byWord().keySet().stream()
                .filter(word -> !counts.containsKey(word))
                .limit(Math.max(0, most - words.size()))
                .forEach(words::add);
        int[] seen = new int[learned];
        for (int id = Vocabulary.FIRST_ENTRY; id < learned; id++) {
            seen[id] = counts.getOrDefault(words.get(id - Vocabulary.FIRST_ENTRY), 0);
        }
        FeatureColumn column = new FeatureColumn(COLUMN_NAME, FeatureColumn.Kind.WORD, 0, new Vocabulary(words));
        return fill(column, learned, seen, vectors, vectors.width() > 0 ? vectors.width() : width);
    }

    private static WordTable fill(FeatureColumn column, int learned, int[] counts, WordVectors vectors, int width) {
        int size = column.vocabulary().size();
        float[] frozen = new float[size * width];
        boolean[] pretrained = new boolean[size];
        for (int id = Vocabulary.FIRST_ENTRY; id < size; id++) {
            float[] vector = vectors.byWord().get(column.vocabulary().entries().get(id - Vocabulary.FIRST_ENTRY));
            if (vector != null) {
                System.arraycopy(vector, 0, frozen, id * width, width);
                pretrained[id] = true;
            }
        }
        return new WordTable(column, learned, counts, width, frozen, pretrained);
    }
}
