package io.tagstream.words;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.Vocabulary;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The words of a model: those of the training corpus first, then those of the silver corpus, then the frequent ones of the word vectors.
 * Those of the two corpora learn; a word that training never showed keeps its pre-trained vector as it is.
 *
 * @param column the word column
 * @param learned how many ids learn: unknown, end and the words of the training and the silver corpus
 * @param counts by id below {@code learned}, how often training shows the word; 0 for unknown and end
 * @param width width of an embedding
 * @param frozen the pre-trained vectors by id, {@code [vocabulary size, width]}; zeros where there is none
 * @param pretrained by id, whether there is a pre-trained vector
 */
public record WordTable(
        FeatureColumn column, int learned, int[] counts, int width, float[] frozen, boolean[] pretrained) {
    /** A word of the training corpus without a pre-trained vector, and any of the silver corpus, must be seen this often to learn. */
    static final int LEAST_COUNT = 2;

    private static final String COLUMN_NAME = "word";

    /** How often each lower-case word stands in a corpus, by word. */
    public static Map<String, Integer> count(List<LabelledSentence> corpus) {
        Map<String, Integer> counts = new TreeMap<>();
        for (LabelledSentence sentence : corpus) {
            for (String form : sentence.forms()) {
                counts.merge(form.toLowerCase(Locale.ROOT), 1, Integer::sum);
            }
        }
        return counts;
    }

    /**
     * @param gold the training corpus's words
     * @param silver those of the silver corpus
     * @param width width of an embedding where there are no vectors
     * @param most most words in the table
     */
    public static WordTable of(
            Map<String, Integer> gold, Map<String, Integer> silver, WordVectors vectors, int width, int most) {
        Map<String, Integer> counts = new HashMap<>(gold);
        silver.forEach((word, count) -> counts.merge(word, count, Integer::sum));
        Set<String> words = new LinkedHashSet<>();
        byFrequency(gold)
                .filter(word -> vectors.byWord().containsKey(word) || counts.getOrDefault(word, 0) >= LEAST_COUNT)
                .limit(most)
                .forEach(words::add);
        byFrequency(silver)
                .filter(word -> !gold.containsKey(word) && counts.getOrDefault(word, 0) >= LEAST_COUNT)
                .limit(Math.max(0, most - words.size()))
                .forEach(words::add);
        int learned = Vocabulary.FIRST_ENTRY + words.size();
        vectors.byWord().keySet().stream()
                .filter(word -> !gold.containsKey(word) && !words.contains(word))
                .limit(Math.max(0, most - words.size()))
                .toList()
                .forEach(words::add);
        List<String> entries = List.copyOf(words);
        int[] seen = new int[learned];
        for (int id = Vocabulary.FIRST_ENTRY; id < learned; id++) {
            seen[id] = counts.getOrDefault(entries.get(id - Vocabulary.FIRST_ENTRY), 0);
        }
        FeatureColumn column = new FeatureColumn(COLUMN_NAME, FeatureColumn.Kind.WORD, 0, new Vocabulary(entries));
        return fill(column, learned, seen, vectors, vectors.width() > 0 ? vectors.width() : width);
    }

    /** The most frequent first, and in alphabetical order where as frequent. */
    private static Stream<String> byFrequency(Map<String, Integer> counts) {
        return counts.keySet().stream()
                .sorted(Comparator.comparing((String word) -> counts.getOrDefault(word, 0))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()));
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
