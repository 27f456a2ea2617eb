package io.tagstream.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.terminal.TextLayout.Span;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextLayoutTest {
    private static final String WORDS =
            "The quick brown fox jumps over the lazy dog while nobody at all is watching it, "
                    + "and then it goes home to sleep until the sun is up again over the hills.";

    @ParameterizedTest
    @ValueSource(ints = {40, 80, 120})
    void shouldWrapBetweenWordsBelowTheFirst(int width) {
        String[] lines =
                layout(10, width).head("fox", "").words(WORDS, "").toString().split("\n", -1);

        assertThat(lines)
                .hasSizeGreaterThan(1)
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        assertThat(lines[0]).startsWith("fox       The quick");
        for (int i = 1; i < lines.length; i++) {
            assertThat(lines[i]).matches(" {10}\\S.*\\S");
            String before = lines[i - 1];
            String word = lines[i].strip().split(" ", -1)[0];
            assertThat(before.length() + 1 + word.length()).isGreaterThan(width);
        }
        assertThat(String.join(" ", lines).replaceAll(" +", " ")).isEqualTo("fox " + WORDS);
    }

    @Test
    void shouldKeepAWordAndItsTagTogether() {
        String shown = layout(4, 16)
                .head("a", "")
                .piece(new Span("one", ""), new Span("/NUM", ""))
                .piece(new Span("two", ""), new Span("/NUM", ""))
                .toString();

        assertThat(shown).isEqualTo("a   one/NUM\n    two/NUM");
    }

    @Test
    void shouldCutWhatIsWiderThanALine() {
        String shown =
                layout(4, 10).head("a", "").words("x abcdefghijklmnop y", "").toString();

        assertThat(shown).isEqualTo("a   x\n    abcdef\n    ghijkl\n    mnop y");
    }

    @Test
    void shouldCountWideCharactersAsTwoCells() {
        String shown = layout(8, 14).head("日本語", "").words("東京 大阪 🍎 x", "").toString();

        assertThat(shown).isEqualTo("日本語  東京\n        大阪\n        🍎 x");
    }

    @Test
    void shouldCutALongHeadAndShowIt() {
        assertThat(layout(8, 40).head("conversation", "").words("x", "").toString())
                .isEqualTo("conver… x");
        assertThat(layout(8, 40).head("日本語日本語", "").words("x", "").toString()).isEqualTo("日本語… x");
    }

    @Test
    void shouldKeepTheColumnBehindARightToLeftName() {
        assertThat(layout(8, 40).head("שיחה", "").words("שלום/X", "").toString())
                .isEqualTo("שיחה   \u200e שלום/X");
    }

    @Test
    void shouldNotLetTheTextSteerTheTerminal() {
        String shown = layout(8, 40)
                .head("a\u001b[2J", "")
                .words("x\u009b1m\u202ey\r", "")
                .toString();

        assertThat(shown).isEqualTo("a?[2J   x?1m?y?");
    }

    @Test
    void shouldPaintOnlyWhereColoursAreWanted() {
        assertThat(new TextLayout(0, 40, true).words("x", "\u001b[1m").toString())
                .isEqualTo("\u001b[1mx\u001b[0m");
        assertThat(layout(0, 40).words("x", "\u001b[1m").toString()).isEqualTo("x");
    }

    private static TextLayout layout(int indent, int width) {
        return new TextLayout(indent, width, false);
    }
}
