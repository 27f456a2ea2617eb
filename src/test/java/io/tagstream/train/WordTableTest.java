package io.tagstream.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.export.Tensor;
import io.tagstream.model.Cell;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.TagSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordTableTest {
    private static final Map<String, Integer> COUNTS = Map.of("the", 9, "cat", 1, "zyxw", 1, "grrr", 2);

    @Test
    void shouldHoldWordsOfTrainingByFrequencyAndThenThoseOfTheVectors() {
        WordTable words = WordTable.of(COUNTS, vectors(), 7, 100);

        // "zyxw" was seen once and has no vector.
        assertThat(words.column().vocabulary().entries()).containsExactly("the", "grrr", "cat", "of", "dog");
        assertThat(words.learned()).isEqualTo(5);
        assertThat(words.counts()).containsExactly(0, 0, 9, 2, 1);
        assertThat(words.pretrained()).containsExactly(false, false, true, false, true, true, true);
        assertThat(words.width()).isEqualTo(2);
        assertThat(words.frozen()).containsExactly(0, 0, 0, 0, 1, 2, 0, 0, 5, 6, 3, 4, 7, 8);
    }

    @Test
    void shouldKeepToTheMostWords() {
        assertThat(WordTable.of(COUNTS, vectors(), 7, 4).column().vocabulary().entries())
                .containsExactly("the", "grrr", "cat", "of");
        assertThat(WordTable.of(COUNTS, vectors(), 7, 1).column().vocabulary().entries())
                .containsExactly("the");
    }

    @Test
    void shouldDoWithoutVectors() {
        WordTable words = WordTable.of(COUNTS, WordVectors.NONE, 7, 100);

        assertThat(words.column().vocabulary().entries()).containsExactly("the", "grrr");
        assertThat(words.width()).isEqualTo(7);
    }

    @Test
    void shouldAddWhatWasLearnedToThePretrainedVectors() {
        WordTable words = WordTable.of(COUNTS, vectors(), 7, 100);
        NetworkShape shape = new NetworkShape(
                new NetworkSettings(Cell.RNN, 1, 2, 0, 0, false, 7, "shape", 1, 100),
                words,
                List.of(words.column()),
                List.of(new LabelLayer("upos", new TagSet(List.of("X")))),
                List.of());
        Map<String, float[]> weights = new LinkedHashMap<>(new InitialWeights(shape, new Random(1)).draw());
        float[] learned = new float[(words.learned() + 1) * 2];
        learned[3 * 2] = 0.5f;
        weights.put(NetworkShape.WORD_EMBEDDING, learned);

        Tensor table = new TrainedWeights(shape, weights, 1, false).export().get("embedding.word");

        assertThat(table.shape()).containsExactly(7, 2);
        assertThat(table.values()).containsExactly(0, 0, 0, 0, 1.5f, 2, 0, 0, 5, 6, 3, 4, 7, 8);
    }

    private static WordVectors vectors() {
        Map<String, float[]> byWord = new LinkedHashMap<>();
        byWord.put("the", new float[] {1, 2});
        byWord.put("of", new float[] {3, 4});
        byWord.put("cat", new float[] {5, 6});
        byWord.put("dog", new float[] {7, 8});
        return new WordVectors(2, byWord);
    }
}
