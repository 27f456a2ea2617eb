package io.tagstream.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {
    @ParameterizedTest
    @CsvSource({"120, 120", "80, 80", "'', 80", "0, 80", "wide, 80", "5, 40"})
    void shouldBeAsWideAsColumnsSays(String columns, int width) {
        assertThat(Terminal.of(Map.of("COLUMNS", columns), null, Terminal.NONE).width())
                .isEqualTo(width);
    }

    @Test
    void shouldHaveEightyColumnsAndNoColourWhereThereIsNoTerminal() {
        assertThat(Terminal.of(Map.of(), null, Terminal.NONE)).isEqualTo(new Terminal(false, 80));
    }

    @Test
    void shouldBeAsWideAsTheTerminalUnlessColumnsSaysOtherwise() {
        assertThat(Terminal.of(Map.of(), null, 132).width()).isEqualTo(132);
        assertThat(Terminal.of(Map.of("COLUMNS", ""), null, 132).width()).isEqualTo(132);
        assertThat(Terminal.of(Map.of("COLUMNS", "100"), null, 132).width()).isEqualTo(100);
    }

    @Test
    void shouldUseColoursOnATerminalUnlessTheyAreNotWanted() {
        assertThat(colored(Map.of(), null)).isTrue();
        assertThat(colored(Map.of("NO_COLOR", "1"), null)).isFalse();
        assertThat(colored(Map.of("NO_COLOR", ""), null)).isTrue();
        assertThat(colored(Map.of("TERM", "dumb"), null)).isFalse();
        assertThat(colored(Map.of(), false)).isFalse();
        assertThat(colored(Map.of("NO_COLOR", "1"), true)).isTrue();
    }

    @Test
    void shouldUseColoursInAPipeWhereTheyAreForced() {
        assertThat(Terminal.of(Map.of("CLICOLOR_FORCE", "1"), null, Terminal.NONE)
                        .colored())
                .isTrue();
        assertThat(Terminal.of(Map.of("CLICOLOR_FORCE", "0"), null, Terminal.NONE)
                        .colored())
                .isFalse();
    }

    private static boolean colored(Map<String, String> environment, @Nullable Boolean flag) {
        return Terminal.of(environment, flag, 120).colored();
    }
}
