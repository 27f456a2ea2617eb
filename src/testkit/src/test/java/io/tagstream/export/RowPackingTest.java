package io.tagstream.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.TinyModels;
import io.tagstream.model.FeatureColumn;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RowPackingTest {
    /** The word's embedding has 7 floats, the others' 3: in rows of 4 the word takes two, and each has a zero at its end. */
    private static final int[] WIDTHS = {7, 3, 3};

    private static final int[] FILLED = {8, 4, 4};

    @Test
    void shouldFillEmbeddingsUpToWholeRows() {
        TinyModels recipe = TinyModels.lstm();
        TaggerWeights weights = recipe.weights();
        RowPacking packing = RowPacking.of(recipe.contract(), weights);
        assertThat(packing.width()).isEqualTo(4);
        assertThat(packing.inputs()).isEqualTo(16);
        assertThat(packing.contract().columns()).extracting(FeatureColumn::rows).containsExactly(2, 1, 1);
        Tensor before = weights.get("embedding.word");
        Tensor after = packing.weights().get("embedding.word");
        assertThat(after.shape()).containsExactly(before.shape()[0], 8);
        for (int value = 0; value < before.shape()[0]; value++) {
            for (int at = 0; at < 8; at++) {
                assertThat(after.values()[value * 8 + at]).isEqualTo(at < 7 ? before.values()[value * 7 + at] : 0);
            }
        }
        assertThat(packing.weights().get("embedding.shape").shape()).containsExactly(8, 4);
    }

    @Test
    void shouldGiveWhatFillsUpNoWeightInAWindowOfTwoTokens() {
        TinyModels recipe = TinyModels.lstm().lookAhead(1).backward(4);
        Map<String, Tensor> tensors = new HashMap<>(recipe.weights().tensors());
        Tensor forward = numbered(24, 26);
        Tensor backward = numbered(16, 26);
        tensors.put("forward.0.w_ih", forward);
        tensors.put("backward.w_ih", backward);
        RowPacking packing = RowPacking.of(recipe.contract(), new TaggerWeights(tensors));
        assertThat(packing.windowed()).isTrue();
        assertFilled(forward, packing.weights().get("forward.0.w_ih"));
        assertFilled(backward, packing.weights().get("backward.w_ih"));
    }

    private static Tensor numbered(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int at = 0; at < values.length; at++) {
            values[at] = at + 1;
        }
        return new Tensor(values, new int[] {rows, columns});
    }

    private static void assertFilled(Tensor before, Tensor after) {
        assertThat(after.shape()).containsExactly(before.shape()[0], 32);
        int from = 0;
        int to = 0;
        for (int row = 0; row < before.shape()[0]; row++) {
            for (int block = 0; block < 2 * WIDTHS.length; block++) {
                for (int at = 0; at < FILLED[block % WIDTHS.length]; at++) {
                    assertThat(after.values()[to++])
                            .isEqualTo(at < WIDTHS[block % WIDTHS.length] ? before.values()[from++] : 0);
                }
            }
        }
    }

    @Test
    void shouldRefuseInputWeightsOfAnotherWidth() {
        TinyModels recipe = TinyModels.lstm();
        Map<String, Tensor> tensors = new HashMap<>(recipe.weights().tensors());
        tensors.put("forward.0.w_ih", numbered(24, 15));
        assertThatThrownBy(() -> RowPacking.of(recipe.contract(), new TaggerWeights(tensors)))
                .hasMessage("weights 'forward.0.w_ih' are [24, 15], expected [24, 13]");
    }
}
