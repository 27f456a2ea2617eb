package io.tagstream.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "support-chat", "Straße 🚋", "\u0000", "\uFFFD"})
    void shouldShowAKeyThatIsUtf8AsText(String id) {
        assertThat(StreamKey.shown(StreamKey.encode(id))).isEqualTo(id);
    }

    /** A stray continuation byte, a cut sequence, an overlong slash, an encoded surrogate, a number beyond Unicode. */
    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "c0af", "eda080", "f4908080", "41efbfbd80"})
    void shouldShowAnyOtherKeyInHexadecimalDigits(String hex) {
        assertThat(StreamKey.shown(HexFormat.of().parseHex(hex))).isEqualTo("0x" + hex);
    }

    @Test
    void shouldShowThatThereIsNoKey() {
        assertThat(StreamKey.shown(null)).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "\uDE00", "a\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void shouldNotWriteAnIdThatHasNoUtf8Form(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamKey.encode(id))
                .withMessageContaining("unpaired surrogate");
    }
}
