package io.tagstream.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.event.EventModel;
import io.tagstream.event.Source;
import io.tagstream.event.TaggedSentence;
import io.tagstream.event.TokenEvent;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.message.BinaryMessageDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EventEncoderTest {
    private static final OutgoingSentence SENTENCE = new OutgoingSentence(
            "s\n1",
            3,
            "ewt@00ff",
            new EventSource("chat", 2, 9007199254740993L),
            "I 🍎",
            List.of(
                    new TokenTags(
                            new Token("I", 0, 1),
                            "PRON",
                            0.9f,
                            Map.of("xpos", "PRP", "case", "Nom", "number", "Sing", "a\"b", "c", "person", "1")),
                    new TokenTags(Token.of("🍎"), "NOUN", 1.0E-5f, Map.of("xpos", "NN"))),
            "eeddef0b82167eeb");

    private static final String SOURCE = "\"source\":{\"topic\":\"chat\",\"partition\":2,\"offset\":9007199254740993}";

    private static Stream<Arguments> encoders() {
        return Stream.of(OutputFormat.values())
                .flatMap(format -> Stream.of(Emit.values()).map(emit -> Arguments.of(format, emit)));
    }

    @Test
    void shouldWriteOneLineOfJsonWithTheFieldsOfTheSchemaInItsOrder() {
        assertThat(WireFormats.encoder(OutputFormat.JSON, Emit.SENTENCE).encode(SENTENCE))
                .extracting(value -> new String(value, UTF_8))
                .containsExactly("{\"sentence_id\":\"s\\n1\",\"sequence\":3,\"model\":\"ewt@00ff\","
                        + SOURCE + ",\"text\":\"I 🍎\",\"tokens\":["
                        + "{\"form\":\"I\",\"start\":0,\"end\":1,\"tag\":\"PRON\",\"score\":0.9,\"tags\":"
                        + "{\"a\\\"b\":\"c\",\"case\":\"Nom\",\"number\":\"Sing\",\"person\":\"1\",\"xpos\":\"PRP\"}},"
                        + "{\"form\":\"🍎\",\"start\":-1,\"end\":-1,\"tag\":\"NOUN\",\"score\":1.0E-5,\"tags\":"
                        + "{\"xpos\":\"NN\"}}],\"state_digest\":\"eeddef0b82167eeb\"}");
    }

    @Test
    void shouldWriteAJsonRecordAToken() {
        assertThat(WireFormats.encoder(OutputFormat.JSON, Emit.TOKEN).encode(SENTENCE))
                .extracting(value -> new String(value, UTF_8))
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(1))
                        .endsWith("\"model\":\"ewt@00ff\"," + SOURCE + ",\"state_digest\":\"eeddef0b82167eeb\"}"))
                .first()
                .isEqualTo("{\"sentence_id\":\"s\\n1\",\"sequence\":3,\"index\":0,\"count\":2,\"token\":"
                        + "{\"form\":\"I\",\"start\":0,\"end\":1,\"tag\":\"PRON\",\"score\":0.9,\"tags\":"
                        + "{\"a\\\"b\":\"c\",\"case\":\"Nom\",\"number\":\"Sing\",\"person\":\"1\",\"xpos\":\"PRP\"}},"
                        + "\"model\":\"ewt@00ff\"," + SOURCE + ",\"state_digest\":null}");
    }

    @Test
    void shouldWriteWhatAvroItselfReads() throws IOException {
        byte[] sentence = WireFormats.encoder(OutputFormat.AVRO, Emit.SENTENCE)
                .encode(SENTENCE)
                .get(0);
        TaggedSentence event = new BinaryMessageDecoder<TaggedSentence>(
                        EventModel.INSTANCE, TaggedSentence.getClassSchema())
                .decode(sentence);
        assertThat(event.getModel()).isEqualTo("ewt@00ff");
        assertThat(event.getTokens().get(1).getForm()).isEqualTo("🍎");
        assertThat(event.getTokens().get(0).getTags())
                .isEqualTo(SENTENCE.tokens().get(0).tags());
        assertThat(event.getStateDigest()).isEqualTo(SENTENCE.stateDigest());
        assertThat(event.getSource()).isEqualTo(new Source("chat", 2, 9007199254740993L));
        assertThat(event.getText()).isEqualTo(SENTENCE.text());

        byte[] last = WireFormats.encoder(OutputFormat.AVRO, Emit.TOKEN)
                .encode(SENTENCE)
                .get(1);
        TokenEvent token =
                new BinaryMessageDecoder<TokenEvent>(EventModel.INSTANCE, TokenEvent.getClassSchema()).decode(last);
        assertThat(token.getIndex()).isEqualTo(1);
        assertThat(token.getStateDigest()).isEqualTo(SENTENCE.stateDigest());
    }

    /** Java gives the entries of an immutable map an order that changes with every process: only the sorted one will do. */
    @Test
    void shouldWriteTheLayersOfAnAvroRecordInTheOrderOfTheirNames() {
        String value = new String(
                WireFormats.encoder(OutputFormat.AVRO, Emit.SENTENCE)
                        .encode(SENTENCE)
                        .get(0),
                UTF_8);
        assertThat(value).containsSubsequence("a\"b", "case", "number", "person", "xpos", "🍎");
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void shouldWriteTheSameBytesForTheSameSentenceWhateverWasWrittenBefore(OutputFormat format, Emit emit) {
        EventEncoder used = WireFormats.encoder(format, emit);
        List<byte[]> first = used.encode(SENTENCE);
        RandomEvents events = new RandomEvents(5);
        for (int i = 0; i < 50; i++) {
            used.encode(events.outgoing());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> used.encode(withScore(Float.NaN)));
        assertThat(used.encode(SENTENCE))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(first);
        assertThat(WireFormats.encoder(format, emit).encode(SENTENCE))
                .usingElementComparator(Arrays::compare)
                .isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void shouldWriteARecordForASentenceWithoutTokensButNoneATokenOfIt(OutputFormat format, Emit emit) {
        OutgoingSentence empty = new OutgoingSentence("", 1, "m@0", List.of(), null);
        assertThat(WireFormats.encoder(format, emit).encode(empty)).hasSize(emit == Emit.SENTENCE ? 1 : 0);
    }

    @ParameterizedTest
    @MethodSource("encoders")
    void shouldRefuseWhatWouldBeWrittenWrong(OutputFormat format, Emit emit) {
        EventEncoder encoder = WireFormats.encoder(format, emit);
        OutgoingSentence half =
                new OutgoingSentence("", 1, "m@0", List.of(new TokenTags(Token.of("\uD83C"), "X", 1, Map.of())), null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.encode(half))
                .withMessage("token 0 has an unpaired surrogate: it has no UTF-8 form");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> encoder.encode(withScore(Float.POSITIVE_INFINITY)))
                .withMessage("token 0 has the score Infinity");
    }

    private static OutgoingSentence withScore(float score) {
        return new OutgoingSentence("", 1, "m@0", List.of(new TokenTags(Token.of("a"), "X", score, Map.of())), null);
    }
}
