package io.tagstream.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPointerTest {
    @Test
    void shouldReadTheNamesAndTheirEscapes() {
        assertThat(FieldPointer.parse("/text").names()).containsExactly("text");
        assertThat(FieldPointer.parse("/messages/0/text").names()).containsExactly("messages", "0", "text");
        assertThat(FieldPointer.parse("/a~1b/m~0n/~01").names()).containsExactly("a/b", "m~n", "~1");
        assertThat(FieldPointer.parse("/").names()).containsExactly("");
        assertThat(FieldPointer.parse("/a/").names()).containsExactly("a", "");
        assertThat(FieldPointer.parse("//").names()).containsExactly("", "");
        assertThat(FieldPointer.parse("/ a,b\t\"\u00fc\uD83D\uDE00").names())
                .containsExactly(" a,b\t\"\u00fc\uD83D\uDE00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/text", "/messages/0/text", "/a~1b/m~0n/~01", "/", "/a/", "//", "/~0~1/ "})
    void shouldBeWrittenAsItWasRead(String pointer) {
        assertThat(FieldPointer.parse(pointer)).hasToString(pointer);
        assertThat(FieldPointer.parse(pointer)).isEqualTo(FieldPointer.parse(pointer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text", "$.text", "#/text", " /text", "/a~b", "/a~2", "/a~/b", "/ok/~0~", "/~~0", "~0"})
    void shouldRefuseWhatIsNoPointerInOneSentence(String pointer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPointer.parse(pointer))
                .withMessage("'" + pointer
                        + "' is not a JSON pointer to a field: write /user or /chat/id (~1 stands for a slash"
                        + " in a name, ~0 for a tilde)");
    }

    @Test
    void shouldRefuseWhatNoRecordCanHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPointer.parse("/\uD83D"))
                .withMessageContaining("unpaired surrogate");
        assertThat(FieldPointer.parse("/a".repeat(64)).names()).hasSize(64);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPointer.parse("/a".repeat(65)))
                .withMessageContaining("64");
        assertThatIllegalArgumentException().isThrownBy(() -> new FieldPointer(List.of()));
    }
}
