package io.tagstream.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import io.tagstream.wire.OutputFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonEventReadersTest {
    private static final String TOKEN =
            "{\"form\":\"a\",\"start\":0,\"end\":1,\"tag\":\"X\",\"score\":0.5,\"tags\":{\"xpos\":\"FW\"}}";
    private static final String SENTENCE = "{\"sentence_id\":\"\",\"sequence\":1,\"model\":\"m@0\",\"tokens\":[" + TOKEN
            + "],\"state_digest\":\"0123456789abcdef\"}";
    private static final String TOKEN_EVENT = "{\"sentence_id\":\"\",\"sequence\":1,\"index\":0,\"count\":1,\"token\":"
            + TOKEN + ",\"model\":\"m@0\",\"source\":{\"topic\":\"t\",\"partition\":0,\"offset\":7},"
            + "\"state_digest\":\"0123456789abcdef\"}";

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
                "\"0123456789abcdef\"|81985529216486895|field state_digest: expected a string, found number",
                "\"0123456789abcdef\"|\"0123456789ABCDEF\"|field state_digest: expected 16 hexadecimal digits or null",
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
                "\"count\":1|\"count\":2|token 0 of 2: only the last token has the state digest",
                "\"offset\":7|\"offset\":\"7\"|field offset: expected a 64-bit integer, found string",
                "{\"topic\":\"t\",\"partition\":0,\"offset\":7}|[]|field source: expected an object or null, found array",
            })
    void shouldRefuseATokenThatDoesNotFitItsSentence(String part, String replacement, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(
                        () -> tokens.read(TOKEN_EVENT.replace(part, replacement).getBytes(UTF_8)))
                .withMessageContaining(message);
    }

    @Test
    void shouldReadNullWhereThereIsNoSourceTextOrDigest() throws UndecodableEventException {
        OutgoingSentence sentence =
                sentences.read(SENTENCE.replace("\"0123456789abcdef\"", "null").getBytes(UTF_8));
        assertThat(sentence.source()).isNull();
        assertThat(sentence.text()).isNull();
        assertThat(sentence.stateDigest()).isNull();
        assertThat(tokens.read(TOKEN_EVENT.getBytes(UTF_8)).source()).isEqualTo(new EventSource("t", 0, 7));
    }

    @Test
    void shouldRefuseWhatNestsWithoutEnd() {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> sentences.read("[".repeat(1_000_000).getBytes(UTF_8)))
                .withMessageContaining("deeper than 64 levels");
    }
}
