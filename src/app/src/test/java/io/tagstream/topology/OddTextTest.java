package io.tagstream.topology;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.settings.StreamSettings;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that is odd but no fault: it is tagged, with offsets into it, and other streams do not notice. */
class OddTextTest {
    private static final String LONG_LINE = "I eat apple . ".repeat(75_000);
    private static TaggerModel model;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().lookAhead(1).open();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    static Stream<Arguments> oddTexts() {
        return Stream.of(
                Arguments.of("no text", "", 0),
                Arguments.of("one space", " ", 0),
                Arguments.of("only spaces of many kinds", " \t\u00A0\u3000\u2028\u200B\uFEFF\u0085 ", 0),
                Arguments.of(
                        "emoji",
                        "I \uD83D\uDE00 \uD83D\uDC69\u200D\uD83D\uDE80 \uD83C\uDDE9\uD83C\uDDEA 2\uFE0F\u20E3",
                        5),
                Arguments.of("combining marks", "e\u0301te\u0301 a\u0327\u0301\u0301 n\u0303", 3),
                Arguments.of("a mark with nothing before it", "\u0301 a", 2),
                Arguments.of("right to left", "\u05E9\u05DC\u05D5\u05DD \u0627\u0644\u0633\u0644\u0627\u0645", 2),
                Arguments.of("direction marks", "\u202Eabc\u202C \u200Fabc", 2),
                Arguments.of("NUL bytes", "a\u0000b \u0000 c", 5),
                Arguments.of("control characters", "a\u0007 \u001B[31m b", -1),
                Arguments.of("characters beyond the basic plane", "\uD835\uDC00\uD835\uDC01 \uD840\uDC00", 2),
                Arguments.of("a line of a megabyte without a blank", "x".repeat(1_000_000), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddTexts")
    void shouldTagIt(String name, String text, int tokens) {
        for (InputFormat format : InputFormat.values()) {
            List<OutgoingSentence> alone = tagged(format, "I eat", "apple");
            List<OutgoingSentence> out;
            StreamSettings settings = settings(format);
            try (TopologyDriver driver = driver(settings)) {
                driver.send(key("b"), value(format, "I eat"));
                driver.send(key("a"), value(format, text));
                driver.send(key("b"), value(format, "apple"));
                driver.send(key("a"), value(format, "I"));
                assertThat(driver.deadLetters()).as("%s as %s", name, format).isEmpty();
                out = driver.sentences();
            }
            assertThat(out).hasSize(4);
            assertThat(List.of(out.get(0), out.get(2))).isEqualTo(alone);
            assertThat(out.get(3).sequence()).isEqualTo(2);
            if (tokens >= 0) {
                assertThat(out.get(1).tokens()).as("%s as %s", name, format).hasSize(tokens);
            }
            int at = 0;
            for (Token token :
                    out.get(1).tokens().stream().map(tagged -> tagged.token()).toList()) {
                assertThat(token.start()).isGreaterThanOrEqualTo(at);
                at = token.end();
                assertThat(token.form()).isEqualTo(text.substring(token.start(), token.end()));
            }
        }
    }

    @Test
    void shouldDeadLetterMoreTokensThanAllowedAndTagThemWhereAllowed() {
        // 300,000 tokens in a line of a megabyte.
        StreamSettings usual = settings(InputFormat.TEXT);
        try (TopologyDriver driver = driver(usual)) {
            driver.send(key("a"), LONG_LINE.getBytes(UTF_8));
            driver.send(key("a"), "I".getBytes(UTF_8));

            assertThat(driver.deadLetters()).hasSize(1);
            assertThat(driver.sentences())
                    .extracting(OutgoingSentence::sequence)
                    .containsExactly(1L);
        }
        String sentence = "I eat apple . ".repeat(25_000);
        StreamSettings patient =
                usual.toBuilder().maxTokens(100_000).maxRecordBytes(64 << 20).build();
        try (TopologyDriver driver = driver(patient)) {
            driver.send(key("a"), sentence.getBytes(UTF_8));

            assertThat(driver.deadLetters()).isEmpty();
            assertThat(driver.sentences())
                    .singleElement()
                    .satisfies(out -> assertThat(out.tokens()).hasSize(100_000));
        }
    }

    private static List<OutgoingSentence> tagged(InputFormat format, String... texts) {
        StreamSettings settings = settings(format);
        try (TopologyDriver driver = driver(settings)) {
            for (String text : texts) {
                driver.send(key("b"), value(format, text));
            }
            return driver.sentences();
        }
    }

    private static byte[] value(InputFormat format, String text) {
        return switch (format) {
            case AVRO -> text("", text);
            case JSON -> ("{\"text\":\"" + escaped(text) + "\"}").getBytes(UTF_8);
            case TEXT -> text.getBytes(UTF_8);
        };
    }

    /** Control characters must be escaped in JSON; the rest may stand as it is. */
    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> {
            if (c < ' ') {
                json.append(String.format("\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        return json.toString();
    }

    private static StreamSettings settings(InputFormat format) {
        return TopologyDriver.settings()
                .inputFormat(format)
                .outputFormat(OutputFormat.AVRO)
                .build();
    }

    private static TopologyDriver driver(StreamSettings settings) {
        return new TopologyDriver(
                settings, TaggingParts.of(settings, model, () -> Tokenizers.named(Tokenizers.UD_ENGLISH)));
    }
}
