package io.tagstream.option;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
    private static final List<String> NAMES =
            List.of("tag", "train", "topics", "run", "reset", "--input-topic", "--input-format");

    @ParameterizedTest
    @CsvSource({
        "tga, tag",
        "tags, tag",
        "TAG, tag",
        "trian, train",
        "topic, topics",
        "rest, reset",
        "--input_topc, --input-topic"
    })
    void shouldFindTheNameThatWasMeant(String wrong, String meant) {
        assertThat(Spelling.closest(wrong, NAMES)).containsExactly(meant);
    }

    @Test
    void shouldFindSeveralThatAreAsClose() {
        assertThat(Spelling.closest("--input", NAMES)).containsExactly("--input-format", "--input-topic");
        assertThat(Spelling.didYouMean(List.of("a", "b"), "")).isEqualTo(": did you mean 'a' or 'b'?");
    }

    @Test
    void shouldFindNothingFarOff() {
        assertThat(Spelling.closest("serve", NAMES)).isEmpty();
        assertThat(Spelling.closest("", NAMES)).isEmpty();
        assertThat(Spelling.didYouMean(List.of(), ": use run")).isEqualTo(": use run");
    }
}
