package io.tagstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.text.TagSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdLayoutTest {
    private static ModelContract contract() {
        return new ModelContract(
                "en",
                "en",
                Cell.LSTM,
                1,
                8,
                0,
                0,
                0,
                List.of(new LabelLayer("upos", new TagSet(List.of("A", "B")))),
                List.of(
                        new FeatureColumn("word", FeatureColumn.Kind.WORD, 0, new Vocabulary(List.of("a", "b")), 3),
                        new FeatureColumn("suffix-1", FeatureColumn.Kind.SUFFIX, 1, new Vocabulary(List.of("a"))),
                        new FeatureColumn("shape", FeatureColumn.Kind.SHAPE, 0, new Vocabulary(List.of("x")), 2)),
                "ud-english",
                "fp32",
                Provenance.UNKNOWN);
    }

    @Test
    void shouldCountRowsOnThroughTheColumns() {
        IdLayout layout = IdLayout.of(contract());
        assertThat(layout.width()).isEqualTo(3 + 1 + 2);
        assertThat(layout.size()).isEqualTo(4 * 3 + 3 + 3 * 2);
        assertThat(layout.ids(new int[] {0, 0, 0})).containsExactly(0, 1, 2, 12, 15, 16);
        assertThat(layout.ids(new int[] {3, 2, 1})).containsExactly(9, 10, 11, 14, 17, 18);
        assertThat(layout.ids(new int[] {1, 1, 2})).containsExactly(3, 4, 5, 13, 19, 20);
    }
}
