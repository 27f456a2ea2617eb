package io.tagstream.eval;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.ModelContract;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which words count as known. Compared in lower case, as models look words up. A model file does not tell words that it was trained on
 * from words that it has a vector of, so its vocabulary is the wider of the two notions.
 */
public final class KnownWords {
    private final String source;
    private final Predicate<String> known;

    private KnownWords(String source, Predicate<String> known) {
        this.source = source;
        this.known = known;
    }

    /** The words of a training corpus. */
    public static KnownWords ofCorpus(String name, List<LabelledSentence> corpus) {
        Set<String> words = new HashSet<>();
        corpus.forEach(sentence -> sentence.forms().forEach(form -> words.add(form.toLowerCase(Locale.ROOT))));
        return new KnownWords("the words of " + name, words::contains);
    }

    /** The words of a model's vocabulary: those it was trained on and those it has a vector of. */
    public static KnownWords ofModel(ModelContract contract) {
        List<FeatureColumn> columns = contract.columns().stream()
                .filter(column -> column.kind() == FeatureColumn.Kind.WORD)
                .toList();
        Set<String> words = new HashSet<>();
        columns.forEach(column -> words.addAll(column.vocabulary().entries()));
        return new KnownWords("the model's vocabulary", words::contains);
    }

    /** Where the words come from, for people. */
    public String source() {
        return source;
    }

    /** Whether a word is known, in whatever case. */
    public boolean isKnown(String form) {
        return known.test(form.toLowerCase(Locale.ROOT));
    }
}
