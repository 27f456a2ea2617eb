package io.tagstream.trial;

import io.tagstream.data.LabelledSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** What all sentences of a stream are like: what came before tells how to read what comes next. */
public enum StreamKind {
    AS_WRITTEN("as written"),
    LOWER_CASE("lower-cased"),
    UPPER_CASE("upper-cased"),
    /** With {@link Typos}. */
    NOISY("noisy");

    /** Of the typos; the same for every model, so that all are asked the same. */
    private static final long SEED = 1;

    private final String words;

    StreamKind(String words) {
        this.words = words;
    }

    /** In words, for people and as the name of a value. */
    public String words() {
        return words;
    }

    /** The corpus as such streams: the same labels, other forms. */
    List<LabelledSentence> of(List<LabelledSentence> corpus) {
        UnaryOperator<String> change = change();
        List<LabelledSentence> changed = new ArrayList<>(corpus.size());
        for (LabelledSentence sentence : corpus) {
            changed.add(new LabelledSentence(
                    sentence.id(),
                    null,
                    sentence.forms().stream().map(change).toList(),
                    sentence.labels(),
                    sentence.beginsDocument()));
        }
        return changed;
    }

    private UnaryOperator<String> change() {
        return switch (this) {
            case AS_WRITTEN -> UnaryOperator.identity();
            case LOWER_CASE -> form -> form.toLowerCase(Locale.ROOT);
            case UPPER_CASE -> form -> form.toUpperCase(Locale.ROOT);
            case NOISY -> new Typos(SEED)::of;
        };
    }
}
