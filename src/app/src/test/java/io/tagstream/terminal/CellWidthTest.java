package io.tagstream.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellWidthTest {
    @ParameterizedTest
    @CsvSource({
        "abc, 3",
        "café, 4",
        "cafe\u0301, 4",
        "漢字, 4",
        "カタカナ, 8",
        "한국어, 6",
        "ＡＢ, 4",
        "👍, 2",
        "✅, 2",
        "שלום, 4",
        "مرحبا, 5",
        "a\u200bb, 2"
    })
    void shouldCountCells(String text, int cells) {
        assertThat(CellWidth.of(text)).isEqualTo(cells);
    }
}
