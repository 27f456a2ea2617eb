package io.tagstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.text.Token;
import org.junit.jupiter.api.Test;

class TokenizersTest {
    @Test
    void shouldOpenUdEnglish() {
        assertThat(Tokenizers.named("ud-english").tokenize("don't"))
                .extracting(Token::form)
                .containsExactly("do", "n't");
    }

    @Test
    void shouldOpenWhitespace() {
        assertThat(Tokenizers.named("whitespace").tokenize(" don't\u00A0stop. "))
                .containsExactly(new Token("don't", 1, 6), new Token("stop.", 7, 12));
    }

    @Test
    void shouldOpenEveryNameItLists() {
        assertThat(Tokenizers.names())
                .isNotEmpty()
                .allSatisfy(name ->
                        assertThat(Tokenizers.named(name).tokenize("a b")).hasSize(2));
    }

    @Test
    void shouldSayWhichNamesThereAre() {
        assertThatThrownBy(() -> Tokenizers.named("klingon"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("klingon")
                .hasMessageContaining("ud-english")
                .hasMessageContaining("whitespace");
    }
}
