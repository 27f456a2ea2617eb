package io.tagstream.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TyposTest {
    private static final List<LabelledSentence> MINI =
            ConlluReader.read(Path.of("src/it/src/test/resources/corpus/mini.conllu"));

    @Test
    void shouldMistypeTheShareOfWordsThatItSays() {
        List<String> typed = typed(1, "stream");

        long wrong = typed.stream().filter(word -> !word.equals("stream")).count();
        // Some slips leave a word as it is: a letter replaced by itself.
        assertThat(100.0 * wrong / typed.size()).isCloseTo(Typos.PERCENT, within(2.0));
        assertThat(typed)
                .contains("sream", "tsream", "sstream")
                .allMatch(word -> Math.abs(word.length() - "stream".length()) <= 1)
                .noneMatch(String::isEmpty);
    }

    @Test
    void shouldLeaveShortWordsNumbersAndSignsAlone() {
        for (String word : List.of("", ".", "I", "am", "2024", "n't", "e-mail", "http://x.org")) {
            assertThat(typed(1, word)).containsOnly(word);
        }
    }

    @Test
    void shouldMakeTheSameSlipsWithTheSameSeed() {
        assertThat(typed(7, "sentence")).isEqualTo(typed(7, "sentence")).isNotEqualTo(typed(8, "sentence"));
    }

    @Test
    void shouldChangeTheFormsOfAStreamAndNothingElse() {
        for (StreamKind kind : StreamKind.values()) {
            List<LabelledSentence> stream = kind.of(MINI);

            assertThat(stream).hasSameSizeAs(MINI);
            for (int s = 0; s < MINI.size(); s++) {
                assertThat(stream.get(s).labels()).isEqualTo(MINI.get(s).labels());
                assertThat(stream.get(s).beginsDocument()).isEqualTo(MINI.get(s).beginsDocument());
            }
        }
        assertThat(forms(StreamKind.AS_WRITTEN)).isEqualTo(forms(MINI)).contains("Hello");
        assertThat(forms(StreamKind.LOWER_CASE))
                .contains("hello")
                .allMatch(form -> form.equals(form.toLowerCase(Locale.ROOT)));
        assertThat(forms(StreamKind.UPPER_CASE))
                .contains("HELLO")
                .allMatch(form -> form.equals(form.toUpperCase(Locale.ROOT)));
        assertThat(forms(StreamKind.NOISY)).isNotEqualTo(forms(MINI)).isEqualTo(forms(StreamKind.NOISY));
    }

    private static List<String> typed(long seed, String word) {
        Typos typos = new Typos(seed);
        return Collections.nCopies(5000, word).stream().map(typos::of).toList();
    }

    private static List<String> forms(StreamKind kind) {
        return forms(kind.of(MINI));
    }

    private static List<String> forms(List<LabelledSentence> corpus) {
        return corpus.stream().flatMap(sentence -> sentence.forms().stream()).toList();
    }
}
