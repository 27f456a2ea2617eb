package io.tagstream.rawtext;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.rawtext.WordAlignment.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordAlignmentTest {
    @Test
    void shouldAlignWordsThatCoverTheSameCharacters() {
        // "New York." against "New", "York", "." and against "NewYork" split elsewhere.
        List<AlignedWord> gold = List.of(word("New", 0), word("York", 4), word(".", 8));

        assertThat(WordAlignment.align(gold, gold)).containsExactly(new Pair(0, 0), new Pair(1, 1), new Pair(2, 2));
        assertThat(WordAlignment.align(gold, List.of(word("New", 0), word("York.", 4))))
                .containsExactly(new Pair(0, 0));
        assertThat(WordAlignment.align(gold, List.of(word("Ne", 0), word("w", 2), word("York", 4), word(".", 8))))
                .containsExactly(new Pair(1, 2), new Pair(2, 3));
    }

    @Test
    void shouldAlignTheWordsOfAMultiwordTokenByTheirForms() {
        // "I don't go": the token don't, 2 to 7, is do + n't.
        List<AlignedWord> gold = List.of(word("I", 0), part("do", 2, 7), part("n't", 2, 7), word("go", 8));

        assertThat(WordAlignment.align(gold, List.of(word("I", 0), word("DO", 2), word("n't", 4), word("go", 8))))
                .containsExactly(new Pair(0, 0), new Pair(1, 1), new Pair(2, 2), new Pair(3, 3));
        assertThat(WordAlignment.align(gold, List.of(word("I", 0), word("don't", 2), word("go", 8))))
                .containsExactly(new Pair(0, 0), new Pair(3, 2));
        assertThat(WordAlignment.align(gold, List.of(word("I", 0), word("don", 2), word("'t", 5), word("go", 8))))
                .containsExactly(new Pair(0, 0), new Pair(3, 3));
    }

    @Test
    void shouldAlignWordsOfAMultiwordTokenThatAreNotPartsOfIt() {
        // "zum Haus": zum is zu + dem; the system finds zu and m.
        List<AlignedWord> gold = List.of(part("zu", 0, 3), part("dem", 0, 3), word("Haus", 4));

        assertThat(WordAlignment.align(gold, List.of(word("zu", 0), word("m", 2), word("Haus", 4))))
                .containsExactly(new Pair(0, 0), new Pair(2, 2));
    }

    @Test
    void shouldTakeTheLongestCommonSubsequenceInsideAMultiwordToken() {
        // Gold a b c a, system b c a: three in a row are more than the first a alone.
        List<AlignedWord> gold = List.of(part("a", 0, 4), part("b", 0, 4), part("c", 0, 4), part("a", 0, 4));

        assertThat(WordAlignment.align(gold, List.of(word("b", 1), word("c", 2), word("a", 3))))
                .containsExactly(new Pair(1, 0), new Pair(2, 1), new Pair(3, 2));
    }

    @Test
    void shouldLeaveOutASystemWordThatReachesIntoAMultiwordTokenAndGoOnBehindIt() {
        // "x don't y": the system glues x and do.
        List<AlignedWord> gold = List.of(word("x", 0), part("do", 2, 7), part("n't", 2, 7), word("y", 8));

        assertThat(WordAlignment.align(
                        gold, List.of(new AlignedWord("x do", 0, 4, false), word("n't", 4), word("y", 8))))
                .containsExactly(new Pair(2, 1), new Pair(3, 2));
    }

    @Test
    void shouldAlignNothingWithNothing() {
        assertThat(WordAlignment.align(List.of(), List.of(word("x", 0)))).isEmpty();
    }

    private static AlignedWord word(String form, int start) {
        return new AlignedWord(form, start, start + form.length(), false);
    }

    private static AlignedWord part(String form, int start, int end) {
        return new AlignedWord(form, start, end, true);
    }
}
