package io.tagstream.words;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.encode.NetworkShape;
import io.tagstream.export.Tensor;
import io.tagstream.model.Cell;
import io.tagstream.model.LabelLayer;
import io.tagstream.network.InitialWeights;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.result.TrainedWeights;
import io.tagstream.text.TagSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordTableTest {
    private static final Map<String, Integer> COUNTS = Map.of("the", 9, "cat", 1, "zyxw", 1, "grrr", 2);
    private static final Map<String, Integer> NO_SILVER = Map.of();

    @Test
    void shouldHoldWordsOfTrainingByFrequencyAndThenThoseOfTheVectors() {
        WordTable words = WordTable.of(COUNTS, NO_SILVER, vectors(), 7, 100);

        // "zyxw" was seen once and has no vector.
        assertThat(words.column().vocabulary().entries()).containsExactly("the", "grrr", "cat", "of", "dog");
        assertThat(words.learned()).isEqualTo(5);
        assertThat(words.counts()).containsExactly(0, 0, 9, 2, 1);
        assertThat(words.pretrained()).containsExactly(false, false, true, false, true, true, true);
        assertThat(words.width()).isEqualTo(2);
        assertThat(words.frozen()).containsExactly(0, 0, 0, 0, 1, 2, 0, 0, 5, 6, 3, 4, 7, 8);
    }

    @Test
    void shouldPutWordsOfSilverTextBetweenThoseOfTrainingAndThoseOfTheVectors() {
        Map<String, Integer> silver = Map.of("zyxw", 1, "dog", 3, "bird", 3, "of", 1, "once", 1, "the", 5);

        WordTable words = WordTable.of(COUNTS, silver, vectors(), 7, 100);

        // "zyxw" was seen once in each; "of" once in silver text, so that it has its vector and nothing more.
        assertThat(words.column().vocabulary().entries())
                .containsExactly("the", "grrr", "cat", "zyxw", "bird", "dog", "of");
        assertThat(words.learned()).isEqualTo(8);
        assertThat(words.counts()).containsExactly(0, 0, 14, 2, 1, 2, 3, 3);
        assertThat(words.pretrained()).containsExactly(false, false, true, false, true, false, false, true, true);
        assertThat(WordTable.of(COUNTS, silver, vectors(), 7, 5)
                        .column()
                        .vocabulary()
                        .entries())
                .containsExactly("the", "grrr", "cat", "zyxw", "bird");
    }

    @Test
    void shouldKeepToTheMostWords() {
        assertThat(WordTable.of(COUNTS, NO_SILVER, vectors(), 7, 4)
                        .column()
                        .vocabulary()
                        .entries())
                .containsExactly("the", "grrr", "cat", "of");
        assertThat(WordTable.of(COUNTS, NO_SILVER, vectors(), 7, 1)
                        .column()
                        .vocabulary()
                        .entries())
                .containsExactly("the");
    }

    @Test
    void shouldDoWithoutVectors() {
        WordTable words = WordTable.of(COUNTS, NO_SILVER, WordVectors.NONE, 7, 100);

        assertThat(words.column().vocabulary().entries()).containsExactly("the", "grrr");
        assertThat(words.width()).isEqualTo(7);
    }

    @Test
    void shouldAddWhatWasLearnedToThePretrainedVectors() {
        WordTable words = WordTable.of(COUNTS, NO_SILVER, vectors(), 7, 100);
        NetworkShape shape = new NetworkShape(
                new NetworkSettings(Cell.RNN, 1, 2, 0, 0, false, 7, "shape", 1, 100),
                words,
                List.of(words.column()),
                List.of(new LabelLayer("upos", new TagSet(List.of("X")))));
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
