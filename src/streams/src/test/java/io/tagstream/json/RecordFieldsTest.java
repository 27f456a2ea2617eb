package io.tagstream.json;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFieldsTest {
    private static RecordFields fields(String tags, String... texts) {
        List<TextField> fields = Stream.of(texts)
                .map(text -> new TextField(FieldPointer.parse(text), TextField.Kind.TEXT))
                .toList();
        return new RecordFields(fields, FieldPointer.parse(tags), MissingText.DEAD_LETTER);
    }

    @Test
    void shouldTakeFieldsThatAreApart() {
        assertThatNoException().isThrownBy(() -> fields("/tagstream", "/text", "/texts", "/a/b", "/a/c", "/1", "/10"));
        assertThatNoException().isThrownBy(() -> fields("/a/tags", "/a/text"));
        assertThatNoException().isThrownBy(() -> fields("/text_tags", "/text"));
    }

    @ParameterizedTest
    @CsvSource({
        "/tags, /a, /a, is to be tagged twice",
        "/tags, /a, /a/b, one is inside the other",
        "/tags, /a/b/c, /a, one is inside the other",
        "/a, /a, /b, choose a place",
        "/a/tags, /a, /b, choose a place",
        "/b, /a, /b/c, choose a place",
    })
    void shouldRefuseFieldsThatAreInEachOthersWay(String tags, String one, String other, String sentence) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields(tags, one, other))
                .withMessageContaining(sentence);
    }

    @Test
    void shouldRefuseToTagNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields("/tags"))
                .withMessageContaining("texts must be at least one field, got none");
    }
}
