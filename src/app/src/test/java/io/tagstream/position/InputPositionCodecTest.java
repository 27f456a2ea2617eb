package io.tagstream.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class InputPositionCodecTest {
    private final InputPosition position = new InputPosition(new Uuid(-5, 17), 1L << 40);

    @Test
    void shouldReadWhatItWrites() {
        assertThat(InputPositionCodec.decode(InputPositionCodec.encode(position)))
                .isEqualTo(position);
        assertThat(InputPositionCodec.topic(InputPositionCodec.key("a.b-c").get()))
                .isEqualTo("a.b-c");
    }

    @Test
    void shouldRefuseAnyOtherBytes() {
        byte[] torn = InputPositionCodec.encode(position);
        torn[20] ^= 1;
        byte[] newer = InputPositionCodec.encode(position);
        newer[0] = 2;

        assertThatThrownBy(() -> InputPositionCodec.decode(torn)).hasMessageContaining("damaged");
        assertThatThrownBy(() -> InputPositionCodec.decode(newer)).hasMessageContaining("format version 2");
        assertThatThrownBy(() -> InputPositionCodec.decode(new byte[0])).hasMessageContaining("none");
    }
}
