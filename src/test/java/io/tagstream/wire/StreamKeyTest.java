package io.tagstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "support-chat", "Straße 🚋", "\u0000", "\uFFFD"})
    void shouldKeepAnyIdThatHasAUtf8Form(String id) throws UndecodableEventException {
        assertThat(StreamKey.decode(StreamKey.encode(id))).isEqualTo(id);
    }

    @Test
    void shouldRefuseARecordWithoutAKey() {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> StreamKey.decode(null))
                .withMessageContaining("no key");
    }

    /** A stray continuation byte, a cut sequence, an overlong slash, an encoded surrogate, a number beyond Unicode. */
    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "c0af", "eda080", "f4908080", "41efbfbd80"})
    void shouldRefuseAKeyThatIsNotUtf8(String hex) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> StreamKey.decode(HexFormat.of().parseHex(hex)))
                .withMessageContaining("not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void shouldNotWriteAnIdThatHasNoUtf8Form(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamKey.encode(id))
                .withMessageContaining("unpaired surrogate");
    }
}
