package io.tagstream.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.infer.HiddenState;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamStateCodecTest {
    private static final String MODEL = "fedcba9876543210";

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGiveBackEveryBit(long seed) throws Exception {
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            StreamState state = state(random, random.nextInt(40), random.nextBoolean());
            StreamStateCodec codec = new StreamStateCodec(MODEL, state.hidden());

            StreamState back = codec.decode(codec.encode(state));

            assertThat(back.sequence()).as("seed %s", seed).isEqualTo(state.sequence());
            assertThat(back.tokensSeen()).isEqualTo(state.tokensSeen());
            assertThat(back.lastEventTime()).isEqualTo(state.lastEventTime());
            assertThat(bits(back.hidden().h())).isEqualTo(bits(state.hidden().h()));
            assertThat(bits(back.hidden().c())).isEqualTo(bits(state.hidden().c()));
            assertThat(StreamStateCodec.lastEventTime(codec.encode(state))).isEqualTo(state.lastEventTime());
        }
    }

    @Test
    void shouldSeeEveryBitThatTurnsAndEveryByteThatIsMissing() {
        StreamState state = state(new Random(4), 6, true);
        StreamStateCodec codec = new StreamStateCodec(MODEL, state.hidden());
        byte[] bytes = codec.encode(state);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] torn = bytes.clone();
            torn[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> codec.decode(torn))
                    .isInstanceOfSatisfying(
                            UnusableStateException.class,
                            e -> assertThat(e.counts()).isNull());
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> codec.decode(cut)).isInstanceOf(UnusableStateException.class);
        }
    }

    @Test
    void shouldNeverReadAnotherModelsStateAsIfItFitted() {
        StreamState state = state(new Random(5), 6, true);
        byte[] bytes = new StreamStateCodec("0123456789abcdef", state.hidden()).encode(state);

        assertThatThrownBy(() -> new StreamStateCodec(MODEL, state.hidden()).decode(bytes))
                .isInstanceOfSatisfying(
                        UnusableStateException.class,
                        e -> assertThat(e.counts())
                                .isEqualTo(new UnusableStateException.Counts(
                                        state.sequence(), state.tokensSeen(), state.lastEventTime())))
                .hasMessageContainingAll("0123456789abcdef", MODEL);
    }

    @Test
    void shouldRefuseAStateOfAnotherShapeOfTheSameModel() {
        StreamState state = state(new Random(6), 6, true);
        byte[] bytes = new StreamStateCodec(MODEL, state.hidden()).encode(state);
        HiddenState wider = new HiddenState(new float[7], new float[7]);

        assertThatThrownBy(() -> new StreamStateCodec(MODEL, wider).decode(bytes))
                .isInstanceOf(UnusableStateException.class);
    }

    @Test
    void shouldNotExpireWhatIsNoState() {
        assertThat(StreamStateCodec.lastEventTime(new byte[0])).isEqualTo(Long.MAX_VALUE);
        assertThat(StreamStateCodec.lastEventTime(new byte[100])).isEqualTo(Long.MAX_VALUE);
    }

    private static StreamState state(Random random, int size, boolean lstm) {
        return new StreamState(
                random.nextLong(),
                random.nextLong(),
                random.nextLong(),
                new HiddenState(floats(random, size), floats(random, lstm ? size : 0)));
    }

    /** Any bits, not-a-numbers and infinities among them. */
    private static float[] floats(Random random, int size) {
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = Float.intBitsToFloat(random.nextInt());
        }
        return floats;
    }

    private static int[] bits(float[] floats) {
        int[] bits = new int[floats.length];
        for (int i = 0; i < floats.length; i++) {
            bits[i] = Float.floatToRawIntBits(floats[i]);
        }
        return bits;
    }
}
