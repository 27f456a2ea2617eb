package io.tagstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.EvilText;
import io.tagstream.text.Token;
import io.tagstream.text.Whitespace;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever text comes, the guarantees hold and the time is linear. */
class EvilTextTest {
    private static final int MEGABYTE = 1_000_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldKeepItsGuaranteesOnRandomText(long seed) {
        Random random = new Random(seed);
        Tokenizer udEnglish = new UdEnglishTokenizer();
        Tokenizer whitespace = new WhitespaceTokenizer();
        for (int round = 0; round < 50_000; round++) {
            String text = EvilText.random(random, 1 + random.nextInt(14));
            List<Token> tokens = udEnglish.tokenize(text);
            TokenizerGuarantees.check(text, tokens);
            if (round % 10 == 0) {
                TokenizerGuarantees.check(text, whitespace.tokenize(text));
                assertThat(udEnglish.tokenize(text)).isEqualTo(tokens);
            }
        }
    }

    @Test
    void shouldKeepItsGuaranteesOnLongRandomText() {
        Random random = new Random(11);
        Tokenizer udEnglish = new UdEnglishTokenizer();
        for (int round = 0; round < 200; round++) {
            String text = EvilText.random(random, 1000).replaceAll("\\s", "");
            TokenizerGuarantees.check(text, udEnglish.tokenize(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".",
                "1",
                ".,",
                "@",
                "a@",
                "a@b.c",
                "://",
                "a://",
                "www.",
                "www.a",
                ":)",
                "'",
                "n't",
                "don't",
                "a-",
                "(",
                ")",
                "-_",
                "a.com",
                ".com",
                "its ",
                " ",
                "\u0000",
                "\u0301",
                "e\u0301",
                "\uD83D\uDE00",
                "\uD83D\uDC69\u200D\uD83D\uDE80",
                "\u05D0\u05D1-",
                "a:)(",
                ":o",
                "=/",
                "<3",
                "!?",
                "mailto:a@",
                "\u200B",
                "\uD800",
                "()\"",
                "2024-01-02",
                "2024-01-02T",
                "T1:",
                "x.y-z ",
                "it's "
            })
    void shouldTakeLinearTimeOnAMegabyteWithoutSense(String unit) {
        Tokenizer tokenizer = new UdEnglishTokenizer();
        String text = unit.repeat(MEGABYTE / unit.length());
        long before = cpuNanos();

        List<Token> tokens = tokenizer.tokenize(text);

        // It takes 5 to 600 ms; squared time would take hours.
        assertThat((cpuNanos() - before) / 1e9).isLessThan(5);
        if (!tokens.isEmpty()) {
            Token last = tokens.get(tokens.size() - 1);
            assertThat(text.substring(last.end()).chars().allMatch(c -> Whitespace.is((char) c)))
                    .isTrue();
        }
    }

    @Test
    void shouldTakeAWholeMegabyteOfLettersAsOneToken() {
        String text = "x".repeat(MEGABYTE);

        assertThat(new UdEnglishTokenizer().tokenize(text)).containsExactly(new Token(text, 0, MEGABYTE));
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
