package io.tagstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEventReadersTest {
    private static final String TOKEN =
            "{\"form\":\"a\",\"start\":0,\"end\":1,\"tag\":\"X\",\"score\":0.5,\"tags\":{\"xpos\":\"FW\"}}";
    private static final String SENTENCE =
            "{\"sentence_id\":\"\",\"sequence\":1,\"model\":\"m@0\",\"tokens\":[" + TOKEN + "],\"state_digest\":0}";
    private static final String TOKEN_EVENT = "{\"sentence_id\":\"\",\"sequence\":1,\"index\":0,\"count\":1,\"token\":"
            + TOKEN + ",\"model\":\"m@0\",\"state_digest\":0}";

    private final EventReader<OutgoingSentence> sentences = WireFormats.sentenceReader(OutputFormat.JSON);
    private final EventReader<OutgoingToken> tokens = WireFormats.tokenReader(OutputFormat.JSON);

    @Test
    void shouldIgnoreFieldsThatItDoesNotKnow() throws UndecodableEventException {
        OutgoingSentence plain = sentences.read(SENTENCE.getBytes(UTF_8));
        assertThat(sentences.read(
                        SENTENCE.replace("\"tag\"", "\"more\":[1],\"tag\"").getBytes(UTF_8)))
                .isEqualTo(plain);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"sequence\":1|\"sequence\":1.5|field sequence: expected a 64-bit integer, found number",
                "\"sequence\":1|\"sequence\":9223372036854775808|field sequence: expected a 64-bit integer",
                "\"sequence\":1|\"s\":1|field sequence: expected a 64-bit integer, found missing",
                "\"start\":0|\"start\":2147483648|field start: expected a 32-bit integer",
                "0.5|1e999999999|field score: expected a 32-bit float",
                "0.5|\"0.5\"|field score: expected a 32-bit float, found string",
                "\"FW\"|1|field tags: expected strings",
                "\"a\"|\"\"|a token is empty",
                "\"a\"|\"\\ud83d\"|field form has an unpaired surrogate",
                "\"model\"|\"sequence\"|not valid JSON at line 1",
                "\"form\"|[|not valid JSON at line 1",
            })
    void shouldRefuseWhatIsNoEvent(String part, String replacement, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(
                        () -> sentences.read(SENTENCE.replace(part, replacement).getBytes(UTF_8)))
                .withMessageContaining(message);
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(
                        () -> tokens.read(TOKEN_EVENT.replace(part, replacement).getBytes(UTF_8)))
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"index\":0|\"index\":1|token 1 of 1: the index is out of the sentence",
                "\"index\":0|\"index\":-1|token -1 of 1: the index is out of the sentence",
                "\"count\":1|\"count\":2|token 0 of 2: the last token has the state digest",
                "\"state_digest\":0|\"state_digest\":null|token 0 of 1: the last token has the state digest",
            })
    void shouldRefuseATokenThatDoesNotFitItsSentence(String part, String replacement, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(
                        () -> tokens.read(TOKEN_EVENT.replace(part, replacement).getBytes(UTF_8)))
                .withMessageContaining(message);
    }

    @Test
    void shouldRefuseWhatNestsWithoutEnd() {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> sentences.read("[".repeat(1_000_000).getBytes(UTF_8)))
                .withMessageContaining("deeper than 64 levels");
    }
}
