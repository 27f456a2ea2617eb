package io.tagstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UdEnglishTokenizerTest {
    private final Tokenizer tokenizer = new UdEnglishTokenizer();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I do|n't think he ca|n't|, wo|n't or can|not|.",
                "It|'s I|'m we|'ll they|'ve he|'d you|'re",
                "Bob|'s boys|' toys",
                "I|'m gon|na go and I wan|na stay but I got|ta run",
                "DO|N'T you IT|'S he|'s|'ve should|n't|'ve",
                "I do|n’t it|’s they|’ve Bob|’s ca|n’t",
                "do|nt wo|nt ca|nt i|m they|re that|s let|s",
                "it|s a pity that it lost its tail",
                "O'Brien came at nine o'clock , ma'am|.",
            })
    void shouldCutCliticsAsTheTreebankDoes(String words) {
        check(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a 15|-|year|-|old boy of the so|-|called state|-|of|-|the|-|art",
                "co-workers e-mailed the pre-war anti-American non-stop",
                "and|/|or he|/|she 1|/|2 on 11/28/2000",
                "call 713-853-3989 or 800-553-3119|.",
                "on 2024-01-15 or 2024-01-15T12:30:01.5Z|.",
            })
    void shouldCutHyphensAndSlashesAsTheTreebankDoes(String words) {
        check(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$|5 US$|5.50 £|3.20 €|10 10|% 1,000,000",
                "5|pm 7:30|PM at 5 a.m. on Jan. 3|, 10|k",
                "Mr. Smith of the U.S. at Acme Inc. and Corp. came|.",
                "Wait|... what|?! Really|!!!",
                "\"|Hi|\" (|there|) [|x|] '|quoted|' “|Hello|,|” he said|—|really|…",
                "AT&T R&D C# #tag @user user_id",
            })
    void shouldCutSignsAsTheTreebankDoes(String words) {
        check(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "see https://example.com/a(b)?x=1,2|. or (|http://foo.org/bar|)|, www.foo.com|!",
                "mail bob@foo.co.uk|; <|a.b-c@d.com|> mailto:x@y.org",
                "file report_final-2.pdf|, example.com|.",
                ":) ;-) :D great|:) <3 :'( =) ^_^ fun|:-) (|see|)",
                "nice|\uD83D\uDC4D \uD83D\uDC69\u200D\uD83D\uDE80 \uD83D\uDC4D\uD83C\uDFFD ok|\u2764\uFE0F",
                "\uD83C\uDDE9\uD83C\uDDEA|\uD83C\uDDEB\uD83C\uDDF7",
            })
    void shouldKeepAddressesAndFacesWhole(String words) {
        check(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I eat apple|.", "I work at apple|.", "My best friend|'s friend is n't here|."})
    void shouldCutPlainSentences(String words) {
        check(words);
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "'\t\r\n'", "'\u00A0\u3000\u2028\u0085'", "'\u200B\uFEFF'"})
    void shouldFindNoTokenInBlankText(String blank) {
        assertThat(tokenizer.tokenize(blank)).isEmpty();
    }

    @Test
    void shouldSeparateWordsAtEveryUnicodeWhiteSpace() {
        assertThat(tokenizer.tokenize("\uFEFFone\u00A0two\u3000three\u2009four\u200Bfive"))
                .extracting(Token::form)
                .containsExactly("one", "two", "three", "four", "five");
    }

    @Test
    void shouldGiveOffsetsIntoTheText() {
        assertThat(tokenizer.tokenize(" I can't. "))
                .containsExactly(
                        new Token("I", 1, 2), new Token("ca", 3, 5), new Token("n't", 5, 8), new Token(".", 8, 9));
    }

    @Test
    void shouldNotDependOnEarlierTexts() {
        List<String> texts = new ArrayList<>();
        Random random = new Random(7);
        String[] parts = {
            "it's", "15-year", "etc.", "a/b", "Mr.", "x@y.com", "don't", "7:30PM", "(so-called)", "U.S.", "."
        };
        for (int i = 0; i < 20_000; i++) {
            texts.add(parts[random.nextInt(parts.length)]
                    + random.nextInt(1000)
                    + parts[random.nextInt(parts.length)]
                    + ' '
                    + parts[random.nextInt(parts.length)]);
        }
        List<List<Token>> inOrder = texts.stream().map(tokenizer::tokenize).toList();
        List<String> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, random);
        Tokenizer other = new UdEnglishTokenizer();
        shuffled.forEach(other::tokenize);

        assertThat(texts.stream().map(other::tokenize).toList()).isEqualTo(inOrder);
    }

    /** Words apart by a space or, where there is none in the text, by a bar. */
    private void check(String words) {
        String text = words.replace("|", "");
        List<Token> tokens = tokenizer.tokenize(text);
        TokenizerGuarantees.check(text, tokens);
        assertThat(tokens).extracting(Token::form).containsExactly(words.split("[ |]"));
    }
}
