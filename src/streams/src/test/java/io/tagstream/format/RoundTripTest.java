package io.tagstream.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventWriter;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import io.tagstream.wire.OutputFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RoundTripTest {
    private static final int EVENTS = 2_000;

    @ParameterizedTest
    @CsvSource({"AVRO,1", "AVRO,2", "JSON,1", "JSON,2"})
    void shouldReadBackEverySentenceEvent(InputFormat format, long seed) throws UndecodableEventException {
        RandomEvents events = new RandomEvents(seed);
        EventWriter<IncomingSentence> writer = WireFormats.sentenceWriter(format);
        EventDecoder decoder = WireFormats.decoder(format);
        for (int i = 0; i < EVENTS; i++) {
            IncomingSentence sentence = events.incoming();
            assertThat(decoder.decode(writer.write(sentence)))
                    .as("event %d of seed %d", i, seed)
                    .isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({"AVRO,1", "AVRO,2", "JSON,1", "JSON,2"})
    void shouldReadBackEveryTaggedSentence(OutputFormat format, long seed) throws UndecodableEventException {
        RandomEvents events = new RandomEvents(seed);
        EventEncoder encoder = WireFormats.encoder(format, Emit.SENTENCE);
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(format);
        for (int i = 0; i < EVENTS; i++) {
            OutgoingSentence sentence = events.outgoing();
            List<byte[]> values = encoder.encode(sentence);
            assertThat(values).hasSize(1);
            assertThat(reader.read(values.get(0)))
                    .as("event %d of seed %d", i, seed)
                    .isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @CsvSource({"AVRO,1", "AVRO,2", "JSON,1", "JSON,2"})
    void shouldReadBackEveryTokenEvent(OutputFormat format, long seed) throws UndecodableEventException {
        RandomEvents events = new RandomEvents(seed);
        EventEncoder encoder = WireFormats.encoder(format, Emit.TOKEN);
        EventReader<OutgoingToken> reader = WireFormats.tokenReader(format);
        for (int i = 0; i < EVENTS; i++) {
            OutgoingSentence sentence = events.outgoing();
            List<OutgoingToken> tokens = new ArrayList<>();
            for (byte[] value : encoder.encode(sentence)) {
                tokens.add(reader.read(value));
            }
            assertThat(tokens)
                    .as("event %d of seed %d", i, seed)
                    .hasSameSizeAs(sentence.tokens())
                    .isEqualTo(OutgoingToken.split(sentence));
            if (!tokens.isEmpty()) {
                assertThat(OutgoingToken.join(tokens))
                        .isEqualTo(new OutgoingSentence(
                                sentence.sentenceId(),
                                sentence.sequence(),
                                sentence.model(),
                                sentence.source(),
                                null, // a token has no text
                                sentence.tokens(),
                                sentence.stateDigest()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(OutputFormat.class)
    void shouldKeepTenThousandTokens(OutputFormat format) throws UndecodableEventException {
        OutgoingSentence sentence = new OutgoingSentence(
                "long",
                7,
                "m@0",
                Collections.nCopies(
                        10_000, new TokenTags(new Token("word", 3, 7), "NOUN", 0.75f, Map.of("xpos", "NN"))),
                null);
        byte[] value =
                WireFormats.encoder(format, Emit.SENTENCE).encode(sentence).get(0);
        assertThat(WireFormats.sentenceReader(format).read(value)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @EnumSource(
            value = InputFormat.class,
            names = {"AVRO", "JSON", "TEXT"})
    void shouldReadATextOfSeveralMegabytes(InputFormat format) throws UndecodableEventException {
        IncomingSentence sentence = new IncomingSentence("", "naïve words ".repeat(2_000_000), null, false);
        byte[] value = WireFormats.sentenceWriter(format).write(sentence);
        assertThat(value).hasSizeGreaterThan(20_000_000);
        assertThat(WireFormats.decoder(format).decode(value)).isEqualTo(sentence);
    }
}
