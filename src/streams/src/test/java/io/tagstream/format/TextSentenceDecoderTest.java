package io.tagstream.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextSentenceDecoderTest {
    private final EventDecoder decoder = WireFormats.decoder(InputFormat.TEXT);

    @ParameterizedTest
    @CsvSource({
        "I eat apple.,I eat apple.",
        "I eat apple.\\n,I eat apple.",
        "I eat apple.\\r\\n,I eat apple.",
        "two\\n\\n,two\\n",
        "'',''",
        "\\n,''",
    })
    void shouldTakeTheLineWithoutItsEnd(String value, String text) throws UndecodableEventException {
        assertThat(decoder.decode(value.translateEscapes().getBytes(UTF_8)))
                .isEqualTo(new IncomingSentence("", text.translateEscapes(), null, false));
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> decoder.decode(HexFormat.of().parseHex("636166e9")))
                .withMessageContaining("not UTF-8");
    }
}
