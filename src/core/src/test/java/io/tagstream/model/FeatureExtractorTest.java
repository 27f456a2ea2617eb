package io.tagstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.text.Token;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FeatureExtractorTest {
    private static String value(FeatureColumn.Kind kind, int length, String form) {
        return FeatureExtractor.value(kind, length, form);
    }

    @Test
    void shouldCountCodePointsInAffixes() {
        assertThat(value(FeatureColumn.Kind.PREFIX, 2, "🍎🍏Tree")).isEqualTo("🍎🍏");
        assertThat(value(FeatureColumn.Kind.SUFFIX, 3, "TreE🍎🍏")).isEqualTo("e🍎🍏");
        assertThat(value(FeatureColumn.Kind.SUFFIX, 3, "an")).isEqualTo("an");
        assertThat(value(FeatureColumn.Kind.PREFIX, 3, "ABC")).isEqualTo("abc");
        assertThat(value(FeatureColumn.Kind.PREFIX, 3, "ABCD")).isEqualTo("abc");
    }

    @Test
    void shouldCutRunsInShapes() {
        assertThat(value(FeatureColumn.Kind.SHAPE, 0, "McDonald's-2024...")).isEqualTo("XxXxx'x-dd..");
        assertThat(value(FeatureColumn.Kind.SHAPE, 0, "東京🍎🍎🍎")).isEqualTo("xx🍎🍎");
        assertThat(value(FeatureColumn.Kind.SHAPE, 0, "ÉCOLE")).isEqualTo("XX");
    }

    @Test
    void shouldFollowTokensWithEndSymbols() {
        FeatureExtractor extractor = new FeatureExtractor(
                List.of(
                        new FeatureColumn("word", FeatureColumn.Kind.WORD, 0, new Vocabulary(List.of("i", "eat"))),
                        new FeatureColumn("suffix-1", FeatureColumn.Kind.SUFFIX, 1, new Vocabulary(List.of("t")))),
                2);
        assertThat(extractor.ids(List.of(Token.of("I"), Token.of("EAT"), Token.of("pears"))))
                .isDeepEqualTo(new int[][] {{2, 3, 0, 1, 1}, {0, 2, 0, 1, 1}});
        assertThat(extractor.ids("Eat")).containsExactly(3, 2);
    }
}
