package io.tagstream.words;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.FeatureColumn.Kind;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.Vocabulary;
import io.tagstream.recipe.TrainingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The feature columns beside the word: prefixes, suffixes and shape, with the values that the training corpus shows often enough. */
public final class AffixColumns {
    private static final int LEAST_COUNT = 3;
    private static final Pattern RECIPE = Pattern.compile("(prefix|suffix) ([1-9][0-9]?)|shape");

    private AffixColumns() {}

    /**
     * @param recipes separated by commas: {@code prefix 3,suffix 2,shape}
     * @throws TrainingException if one is none
     */
    public static List<FeatureColumn> of(List<LabelledSentence> corpus, String recipes) {
        List<FeatureColumn> columns = new ArrayList<>();
        for (String recipe : recipes.split(",", -1)) {
            Matcher matcher = RECIPE.matcher(recipe.strip());
            if (!matcher.matches()) {
                throw new TrainingException("there is no affix column '" + recipe.strip()
                        + "': expected prefix N, suffix N or shape, separated by commas");
            }
            String kind = matcher.group(1) == null ? "shape" : matcher.group(1);
            int length = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
            columns.add(column(
                    length == 0 ? kind : kind + length, Kind.valueOf(kind.toUpperCase(Locale.ROOT)), length, corpus));
        }
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
