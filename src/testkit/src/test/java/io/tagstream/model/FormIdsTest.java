package io.tagstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FormIdsTest {
    @Test
    void shouldGiveTheSameIdsFromWhatItKeeps() {
        try (TaggerModel model = TinyModels.lstm().lookAhead(2).open()) {
            ModelContract contract = model.contract();
            assertThat(contract.columns().get(0).rows()).isGreaterThan(1);
            FeatureExtractor extractor = new FeatureExtractor(contract.columns(), contract.lookAhead());
            FormIds ids = new FormIds(contract, extractor);
            Random random = new Random(23);
            for (int round = 0; round < 50; round++) {
                List<Token> tokens = new ArrayList<>(TinyModels.sentence(random, 20));
                // Enough forms to share slots, some of them too long to be kept.
                for (int more = 0; more < 400; more++) {
                    tokens.add(Token.of("w".repeat(1 + random.nextInt(60)) + random.nextInt(1000)));
                }
                assertThat(ids.of(tokens)).isEqualTo(worked(contract, extractor.ids(tokens)));
            }
        }
    }

    /** From ids {@code [columns][N]} to those of a call. */
    private static int[] worked(ModelContract contract, int[][] ids) {
        IdLayout layout = IdLayout.of(contract);
        int length = ids[0].length;
        int[] call = new int[length * layout.width()];
        for (int t = 0; t < length; t++) {
            int[] values = new int[ids.length];
            for (int column = 0; column < values.length; column++) {
                values[column] = ids[column][t];
            }
            System.arraycopy(layout.ids(values), 0, call, t * layout.width(), layout.width());
        }
        return call;
    }
}
