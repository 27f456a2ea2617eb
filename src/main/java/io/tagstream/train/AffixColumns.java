package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.FeatureColumn.Kind;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The feature columns beside the word: prefixes, suffixes and shape, with the values that the training corpus shows often enough. */
final class AffixColumns {
    private static final int LONGEST_PREFIX = 3;
    private static final int LONGEST_SUFFIX = 4;
    private static final int LEAST_COUNT = 3;

    private AffixColumns() {}

    static List<FeatureColumn> of(List<LabelledSentence> corpus) {
        List<FeatureColumn> columns = new ArrayList<>();
        for (int length = 1; length <= LONGEST_PREFIX; length++) {
            columns.add(column("prefix" + length, Kind.PREFIX, length, corpus));
        }
        for (int length = 1; length <= LONGEST_SUFFIX; length++) {
            columns.add(column("suffix" + length, Kind.SUFFIX, length, corpus));
        }
        columns.add(column("shape", Kind.SHAPE, 0, corpus));
        return columns;
    }

    private static FeatureColumn column(String name, Kind kind, int length, List<LabelledSentence> corpus) {
        Map<String, Integer> counts = new TreeMap<>();
        for (LabelledSentence sentence : corpus) {
            for (String form : sentence.forms()) {
                counts.merge(FeatureExtractor.value(kind, length, form), 1, Integer::sum);
            }
        }
        List<String> values = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= LEAST_COUNT)
                .map(Map.Entry::getKey)
                .toList();
        return new FeatureColumn(name, kind, length, new Vocabulary(values));
    }
}
