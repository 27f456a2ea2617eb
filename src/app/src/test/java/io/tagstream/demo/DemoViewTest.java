package io.tagstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.Console;
import io.tagstream.terminal.TagColors;
import io.tagstream.terminal.Terminal;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class DemoViewTest {
    private static final Terminal PLAIN = new Terminal(false, 80);
    private static final Terminal COLORED = new Terminal(true, 80);

    @Test
    void shouldStartEverySentenceInTheSameColumn() {
        String shown = shown(PLAIN, view -> {
            view.show("log", tokens("Hi/INTJ"));
            view.show("support-chat", tokens("Bye/INTJ"));
            view.showDeadLetter("log", "the value is not UTF-8");
            view.show("log", List.of());
        });

        assertThat(shown).isEqualTo("""
                log           Hi/INTJ
                support-chat  Bye/INTJ
                log           DEAD LETTER the value is not UTF-8
                log           (an empty sentence: no tokens)
                """);
    }

    @Test
    void shouldPaintATagTheSameInEveryStreamAndInTheLegend() {
        String shown = shown(COLORED, view -> {
            view.legend(List.of("NOUN", "VERB"));
            view.show("log", tokens("cat/NOUN", "eats/VERB"));
            view.show("support-chat", tokens("dog/NOUN"));
        });
        TagColors colors = new TagColors(List.of("NOUN", "VERB"));

        assertThat(colors.style("NOUN")).isNotEqualTo(colors.style("VERB"));
        assertThat(shown)
                .contains(colors.style("NOUN") + "NOUN noun")
                .contains(colors.style("NOUN") + "cat")
                .contains(colors.style("VERB") + "eats")
                .contains(colors.style("NOUN") + "dog");
    }

    @Test
    void shouldExplainTheTags() {
        assertThat(shown(PLAIN, view -> view.legend(List.of("NOUN", "VERB", "B-PER"))))
                .isEqualTo("Tags          NOUN noun, VERB verb, B-PER\n");
    }

    private static String shown(Terminal terminal, Consumer<DemoView> use) {
        return Console.capture(() -> {
                    use.accept(new DemoView(terminal, List.of("log", "support-chat")));
                    return 0;
                })
                .out();
    }

    private static List<TokenTags> tokens(String... tagged) {
        return Arrays.stream(tagged)
                .map(token -> token.split("/", -1))
                .map(pair -> new TokenTags(Token.of(pair[0]), pair[1], 1, Map.of()))
                .toList();
    }
}
