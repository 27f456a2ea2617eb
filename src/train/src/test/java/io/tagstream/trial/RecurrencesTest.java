package io.tagstream.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.KnownWords;
import io.tagstream.trial.Recurrences.Place;
import io.tagstream.trial.Recurrences.Words;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecurrencesTest {
    private static final List<LabelledSentence> CORPUS = List.of(
            sentence(true, "Brixton/PROPN Brixton/PROPN zonks/VERB"),
            sentence(false, "we/PRON saw/VERB BRIXTON/PROPN and/CCONJ Zork/PROPN"),
            sentence(false, "he/PRON zonks/VERB at/ADP Brixton/PROPN"),
            // Another document: what was said before does not count.
            sentence(true, "Zork/PROPN sleeps/VERB"),
            sentence(false, "London/PROPN and/CCONJ London/PROPN"));

    private final KnownWords known = KnownWords.ofCorpus(
            "training", List.of(sentence(true, "we/PRON saw/VERB and/CCONJ he/PRON at/ADP london/PROPN")));

    @Test
    void shouldFindUnknownNamesThatComeAgainInALaterSentenceOfTheirDocument() {
        Recurrences names = Recurrences.in(CORPUS, "upos", known, Words.NAMES);

        assertThat(names.first()).containsExactly(new Place(0, 0));
        assertThat(names.later()).containsExactly(new Place(1, 2), new Place(2, 3));
    }

    @Test
    void shouldFindAllUnknownWordsWhereAsked() {
        Recurrences all = Recurrences.in(CORPUS, "upos", known, Words.ALL);

        assertThat(all.first()).containsExactly(new Place(0, 0), new Place(0, 2));
        assertThat(all.later()).containsExactly(new Place(1, 2), new Place(2, 3), new Place(2, 1));
    }

    @Test
    void shouldPassOverSentencesWithoutTheLayer() {
        assertThat(Recurrences.in(CORPUS, "xpos", known, Words.ALL).first()).isEmpty();
    }

    private static LabelledSentence sentence(boolean beginsDocument, String words) {
        List<String[]> parts =
                List.of(words.split(" ")).stream().map(word -> word.split("/")).toList();
        return new LabelledSentence(
                "",
                null,
                parts.stream().map(part -> part[0]).toList(),
                Map.of("upos", parts.stream().map(part -> part[1]).toList()),
                beginsDocument);
    }
}
