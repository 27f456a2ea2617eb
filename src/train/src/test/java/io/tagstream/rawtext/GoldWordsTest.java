package io.tagstream.rawtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.data.LabelledSentence;
import io.tagstream.data.WordRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GoldWordsTest {
    @Test
    void shouldGiveTheWordsOfAMultiwordTokenItsOffsets() {
        assertThat(GoldWords.of(sentence("I  don't\u00a0go.", "I", "do", "n't", "go", ".")))
                .containsExactly(
                        new AlignedWord("I", 0, 1, false),
                        new AlignedWord("do", 3, 8, true),
                        new AlignedWord("n't", 3, 8, true),
                        new AlignedWord("go", 9, 11, false),
                        new AlignedWord(".", 11, 12, false));
    }

    @Test
    void shouldRefuseATextThatTheTokensDoNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoldWords.of(sentence("I don't stop.", "I", "do", "n't", "go", ".")))
                .withMessageContaining("'s-1'")
                .withMessageContaining("'go' at offset 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoldWords.of(sentence("I don't go. No", "I", "do", "n't", "go", ".")))
                .withMessageContaining("goes on");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GoldWords.of(sentence(null, "I", "do", "n't")))
                .withMessageContaining("# text");
    }

    private static LabelledSentence sentence(@Nullable String text, String... forms) {
        return new LabelledSentence("s-1", text, List.of(forms), Map.of(), true, List.of(new WordRange(1, 3, "don't")));
    }
}
