package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.UnusableStateException.Reason;
import io.tagstream.model.ModelContract;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamStateCodecTest {
    private static final String FINGERPRINT = "00ff7a3c91d2e4b5";
    private static final ModelContract LSTM = TinyModels.lstm().layers(2).contract();

    private final StreamStateCodec codec = new StreamStateCodec(FINGERPRINT, LSTM);

    /** Any bits that a float can have, the odd ones often. */
    private static float[] floats(Random random, int count) {
        float[] odd = {0f, -0f, Float.MIN_VALUE, -Float.MIN_NORMAL, Float.MAX_VALUE, Float.NaN, Float.POSITIVE_INFINITY
        };
        float[] floats = new float[count];
        for (int at = 0; at < count; at++) {
            floats[at] =
                    random.nextInt(4) == 0 ? odd[random.nextInt(odd.length)] : Float.intBitsToFloat(random.nextInt());
        }
        return floats;
    }

    private static StreamState state(Random random, int h, int c) {
        return new StreamState(
                FINGERPRINT,
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                new HiddenState(floats(random, h), floats(random, c)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shouldReadWhatItWroteBitForBit(long seed) {
        StreamState state = state(new Random(seed), 12, 12);
        StreamState read = codec.decode(codec.encode(state));
        assertThat(read).isEqualTo(state);
        assertThat(read.hidden().digest()).isEqualTo(state.hidden().digest());
        assertThat(StreamStateCodec.lastEventTime(codec.encode(state))).isEqualTo(state.lastEventTime());
    }

    @Test
    void shouldKeepAPlainRnnWithoutC() {
        StreamStateCodec rnn =
                new StreamStateCodec(FINGERPRINT, TinyModels.rnn().contract());
        StreamState state = state(new Random(1), 6, 0);
        assertThat(rnn.decode(rnn.encode(state))).isEqualTo(state);
    }

    @Test
    void shouldLayBytesOutAsDocumented() {
        StreamStateCodec rnn =
                new StreamStateCodec(FINGERPRINT, TinyModels.rnn().hidden(1).contract());
        byte[] bytes =
                rnn.encode(new StreamState(FINGERPRINT, 2, 3, 4, new HiddenState(new float[] {1}, new float[0])));
        byte[] expected = new byte[49];
        expected[0] = 1;
        System.arraycopy(new byte[] {0, -1, 0x7a, 0x3c, -111, -46, -28, -75}, 0, expected, 1, 8);
        expected[9] = 2;
        expected[17] = 3;
        expected[25] = 4;
        expected[33] = 1;
        expected[43] = (byte) 0x80;
        expected[44] = 0x3f;
        assertThat(Arrays.copyOf(bytes, 45)).isEqualTo(Arrays.copyOf(expected, 45));
        assertThat(bytes).hasSize(49);
    }

    @Test
    void shouldNoticeEveryTornByte() {
        byte[] bytes = codec.encode(state(new Random(1), 12, 12));
        for (int at = 1; at < bytes.length; at++) {
            byte[] torn = bytes.clone();
            torn[at] ^= 0x10;
            assertThat(reason(torn)).as("byte %d", at).isEqualTo(Reason.TORN);
        }
        for (int length = 1; length < bytes.length; length++) {
            assertThat(reason(Arrays.copyOf(bytes, length)))
                    .as("length %d", length)
                    .isEqualTo(Reason.TORN);
        }
        assertThat(reason(new byte[0])).isEqualTo(Reason.TORN);
        assertThat(reason(Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Reason.TORN);
    }

    private Reason reason(byte[] bytes) {
        return catchThrowableOfType(UnusableStateException.class, () -> codec.decode(bytes))
                .reason();
    }

    @Test
    void shouldRefuseAnotherFormatVersion() {
        byte[] bytes = codec.encode(state(new Random(1), 12, 12));
        bytes[0] = 2;
        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(UnusableStateException.class)
                .hasMessage("the state has format version 2, expected 1");
        assertThat(reason(bytes)).isEqualTo(Reason.FORMAT_VERSION);
    }

    @Test
    void shouldRefuseTheStateOfAnotherModel() {
        StreamStateCodec other = new StreamStateCodec("0123456789abcdef", LSTM);
        byte[] bytes = codec.encode(state(new Random(1), 12, 12));
        assertThatThrownBy(() -> other.decode(bytes))
                .isInstanceOf(UnusableStateException.class)
                .hasMessage("the state belongs to model 00ff7a3c91d2e4b5, expected 0123456789abcdef")
                .extracting("reason")
                .isEqualTo(Reason.MODEL);
    }

    @Test
    void shouldRefuseToWriteAStateOfAnotherShape() {
        assertThatThrownBy(() -> codec.encode(state(new Random(1), 6, 6))).isInstanceOf(IllegalArgumentException.class);
    }
}
