package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class IncrementalScoreTest {
    private static final Offset<Double> EXACT = within(1e-12);

    /** The old man the boats: "man" is taken for a noun until "the" comes, and "old" turns with "man" and back once more. */
    private static final List<List<String>> OUTPUTS = List.of(
            List.of("DET"),
            List.of("DET", "NOUN"),
            List.of("DET", "ADJ", "NOUN"),
            List.of("DET", "NOUN", "VERB", "DET"),
            List.of("DET", "NOUN", "VERB", "DET", "NOUN"));

    private static final List<String> GOLD = List.of("DET", "ADJ", "VERB", "DET", "NOUN");

    @Test
    void shouldScoreLabelsThatAreShownAtOnce() {
        DelayScore score = score(0);

        // First shown: DET, NOUN (wrong), NOUN (wrong), DET, NOUN.
        assertThat(score.accuracy()).isEqualTo(60.0);
        // 5 first showings; "old" is replaced twice, "man" once.
        assertThat(score.editOverhead()).isCloseTo(3.0 / 8, EXACT);
        // "old": shown at 2, decided at 4; "man": shown at 3, decided at 4.
        assertThat(score.correctionTime()).isCloseTo((2 + 1) / 5.0, EXACT);
        assertThat(score.correctionTimeOfRevised()).isCloseTo(1.5, EXACT);
        assertThat(score.longestCorrectionTime()).isEqualTo(2);
        assertThat(score.revised()).isCloseTo(2.0 / 5, EXACT);
        // Increments 1, 2, 4 and 5 show final labels; 3 does not.
        assertThat(score.relativeCorrectness()).isCloseTo(4.0 / 5, EXACT);
    }

    @Test
    void shouldScoreLabelsThatAreShownOneTokenLater() {
        DelayScore score = score(1);

        // First shown: DET at 2, ADJ at 3, VERB at 4, DET and NOUN at 5.
        assertThat(score.accuracy()).isEqualTo(100.0);
        assertThat(score.editOverhead()).isCloseTo(1.0 / 6, EXACT);
        assertThat(score.correctionTime()).isCloseTo(1 / 5.0, EXACT);
        // Increment 1 shows nothing; 2 shows DET; 3 shows DET ADJ, which is not final; 4 and 5 are.
        assertThat(score.relativeCorrectness()).isCloseTo(3.0 / 4, EXACT);
    }

    @Test
    void shouldShowAShortSentenceWholeAtItsEnd() {
        DelayScore score = score(7);

        assertThat(score.accuracy()).isEqualTo(80.0);
        assertThat(score.editOverhead()).isZero();
        assertThat(score.correctionTime()).isZero();
        assertThat(score.correctionTimeOfRevised()).isZero();
        assertThat(score.relativeCorrectness()).isEqualTo(1.0);
    }

    @Test
    void shouldCallNoEditWhatIsWrongButStays() {
        IncrementalScore counts = new IncrementalScore(0);
        counts.add(List.of(List.of("X"), List.of("X", "X")), List.of("NOUN", "NOUN"));

        assertThat(counts.result().accuracy()).isZero();
        assertThat(counts.result().editOverhead()).isZero();
        assertThat(counts.result().relativeCorrectness()).isEqualTo(1.0);
    }

    private static DelayScore score(int delay) {
        IncrementalScore counts = new IncrementalScore(delay);
        counts.add(OUTPUTS, GOLD);
        return counts.result();
    }
}
