package io.tagstream.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.event.SentenceEvent;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroSentenceDecoderTest {
    private final EventDecoder decoder = WireFormats.decoder(InputFormat.AVRO);

    /** What stands behind the header: written by hand, so that it may be wrong. */
    @FunctionalInterface
    private interface Body {
        void write(BinaryEncoder out) throws IOException;
    }

    private static byte[] event(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header(SchemaNormalization.parsingFingerprint64(SentenceEvent.getClassSchema())));
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static byte[] header(long fingerprint) {
        return ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint)
                .array();
    }

    private void assertRefused(byte[] value, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> decoder.decode(value))
                .withMessageContaining(message)
                .withNoCause();
    }

    @Test
    void shouldReadWhatAvroItselfWrites() throws IOException, UndecodableEventException {
        ByteBuffer value = new SentenceEvent("s1", null, List.of("Grüße", "🙂"), true).toByteBuffer();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        assertThat(decoder.decode(bytes)).isEqualTo(new IncomingSentence("s1", null, List.of("Grüße", "🙂"), true));
    }

    @Test
    void shouldReadTokensInSeveralBlocks() throws IOException, UndecodableEventException {
        byte[] value = event(out -> {
            out.writeString("");
            out.writeIndex(0);
            out.writeIndex(1);
            out.writeLong(-1); // one item, and the size of the block
            out.writeLong(2);
            out.writeString("a");
            out.writeLong(2);
            out.writeString("b");
            out.writeString("c");
            out.writeLong(0);
            out.writeBoolean(false);
        });
        assertThat(decoder.decode(value)).isEqualTo(new IncomingSentence("", null, List.of("a", "b", "c"), false));
    }

    @Test
    void shouldNameAFingerprintThatItDoesNotKnow() {
        assertRefused(
                header(0x0123456789abcdefL), "schema fingerprint 0123456789abcdef: write with a schema that comes");
    }

    @Test
    void shouldRefuseWhatIsNotInSingleObjectEncoding() {
        assertRefused(new byte[] {0, 0, 0, 0, 7, 2, 'x'}, "may come from a producer with a schema registry");
        assertRefused(new byte[] {(byte) 0xC3, 1, 2}, "begins with the bytes C3 01");
        assertRefused(new byte[12], "begins with the bytes C3 01");
    }

    @Test
    void shouldRefuseAnEmptyToken() throws IOException {
        byte[] value = event(out -> {
            out.writeString("");
            out.writeIndex(0);
            out.writeIndex(1);
            out.writeLong(2);
            out.writeString("a");
            out.writeString("");
            out.writeLong(0);
            out.writeBoolean(false);
        });
        assertRefused(value, "token 1 (from 0) is empty");
    }

    @Test
    void shouldRefuseNeitherAndBothOfTextAndTokens() throws IOException {
        assertRefused(
                event(out -> {
                    out.writeString("");
                    out.writeIndex(0);
                    out.writeIndex(0);
                    out.writeBoolean(false);
                }),
                "neither text nor tokens is set");
        assertRefused(
                event(out -> {
                    out.writeString("");
                    out.writeIndex(1);
                    out.writeString("a");
                    out.writeIndex(1);
                    out.writeLong(0);
                    out.writeBoolean(false);
                }),
                "both text and tokens are set");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, Integer.MAX_VALUE - 8L, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void shouldNotBelieveALengthThatTheValueCannotHold(long length) throws IOException {
        assertRefused(event(out -> out.writeLong(length)), "a string says it is " + length + " bytes long");
    }

    @ParameterizedTest
    @ValueSource(longs = {100, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldNotBelieveACountThatTheValueCannotHold(long count) throws IOException {
        byte[] value = event(out -> {
            out.writeString("");
            out.writeIndex(0);
            out.writeIndex(1);
            out.writeLong(count);
            out.writeLong(0); // read as the size of the block where the count is negative
        });
        assertRefused(value, "more items than there are bytes left");
    }

    @Test
    void shouldRefuseAStringThatIsNotUtf8() throws IOException {
        byte[] surrogate = {(byte) 0xED, (byte) 0xA0, (byte) 0x80};
        assertRefused(event(out -> out.writeBytes(surrogate)), "a string is not UTF-8 (at byte 11)");
        assertRefused(event(out -> out.writeBytes(new byte[] {'a', (byte) 0xFF})), "a string is not UTF-8");
    }

    @Test
    void shouldRefuseABranchThatTheUnionDoesNotHave() throws IOException {
        for (int branch : new int[] {2, -1, Integer.MAX_VALUE}) {
            assertRefused(
                    event(out -> {
                        out.writeString("");
                        out.writeIndex(branch);
                    }),
                    "not a SentenceEvent of its schema");
        }
    }

    @Test
    void shouldRefuseABooleanThatIsNeither0Nor1() throws IOException {
        byte[] value = event(out -> {
            out.writeString("");
            out.writeIndex(1);
            out.writeString("a");
            out.writeIndex(0);
            out.writeFixed(new byte[] {2});
        });
        assertRefused(value, "a boolean is neither 0 nor 1");
    }

    @Test
    void shouldRefuseWhatFollowsTheEvent() throws IOException {
        byte[] value = event(out -> {
            out.writeString("");
            out.writeIndex(1);
            out.writeString("a");
            out.writeIndex(0);
            out.writeBoolean(false);
            out.writeFixed(new byte[3]);
        });
        assertRefused(value, "3 bytes follow the end of the SentenceEvent");
    }
}
