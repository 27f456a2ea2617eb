package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private final ConfusionMatrix matrix = new ConfusionMatrix();

    @Test
    void shouldGivePrecisionRecallAndF1OfEveryTagTheMostFrequentFirst() {
        add("NOUN", "NOUN", 3);
        add("NOUN", "VERB", 1);
        add("VERB", "VERB", 1);
        add("VERB", "NOUN", 2);
        add("X", "NOUN", 1);

        assertThat(matrix.total()).isEqualTo(8);
        assertThat(matrix.accuracy()).isEqualTo(50.0);
        assertThat(matrix.byTag())
                .containsExactly(
                        new TagScore("NOUN", 4, 6, 3), new TagScore("VERB", 3, 2, 1), new TagScore("X", 1, 0, 0));
        TagScore noun = matrix.byTag().get(0);
        assertThat(noun.precision()).isEqualTo(50.0);
        assertThat(noun.recall()).isEqualTo(75.0);
        assertThat(noun.f1()).isCloseTo(60.0, within(1e-9));
        TagScore never = matrix.byTag().get(2);
        assertThat(never.precision()).isZero();
        assertThat(never.f1()).isZero();
    }

    @Test
    void shouldListTheConfusionsTheMostFrequentFirst() {
        add("NOUN", "NOUN", 9);
        add("NOUN", "VERB", 1);
        add("VERB", "NOUN", 2);

        assertThat(matrix.confusions())
                .containsExactly(
                        new ConfusionMatrix.Confusion("VERB", "NOUN", 2),
                        new ConfusionMatrix.Confusion("NOUN", "VERB", 1));
        assertThat(matrix.count("VERB", "NOUN")).isEqualTo(2);
        assertThat(matrix.count("VERB", "X")).isZero();
    }

    @Test
    void shouldHaveARowForATagThatIsOnlyEverGivenWrongly() {
        add("NOUN", "X", 2);

        assertThat(matrix.byTag()).containsExactly(new TagScore("NOUN", 2, 0, 0), new TagScore("X", 0, 2, 0));
    }

    private void add(String gold, String predicted, int times) {
        for (int count = 0; count < times; count++) {
            matrix.add(gold, predicted);
        }
    }
}
