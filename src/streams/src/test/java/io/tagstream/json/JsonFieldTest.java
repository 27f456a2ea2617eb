package io.tagstream.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.event.UndecodableEventException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/user|{\"user\":\"ann\"}|ann",
                "/chat/id|{\"x\":[{\"id\":1}],\"chat\":{\"no\":{\"id\":2},\"id\":3},\"id\":4}|3",
                "/1/0|[7,[8,9]]|8",
                "/list/10|{\"list\":[0,1,2,3,4,5,6,7,8,9,\"ten\"]}|ten",
                "/0|{\"0\":\"a name\"}|a name",
                "/a~1b/~0c|{\"a/b\":{\"~c\":true}}|true",
                "/|{\"\":\"no name\"}|no name",
                "/n|{\"n\":1}|1",
                "/n|{\"n\":1.0}|1.0",
                "/n|{\"n\":1.50E+2}|1.50E+2",
                "/n|{\"n\":-0}|-0",
                "/n|{\"n\":123456789012345678901234567890}|123456789012345678901234567890",
                "/n|{\"n\":false}|false",
                "/n|{\"n\":\"\\u00fc\\ud83c\\udf4e\"}|ü🍎",
                "/n|{\"n\":\"\"}|``",
            })
    void shouldGiveTheTextAsItIsWritten(String pointer, String json, String text) throws UndecodableEventException {
        assertThat(new JsonField(pointer).text(json.getBytes(UTF_8))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/user|{\"name\":\"ann\"}|the value has no field /user",
                "/user|[]|the value has no field /user",
                "/user|\"ann\"|the value has no field /user",
                "/user/id|{\"user\":\"ann\"}|the value has no field /user/id",
                "/01|[1,2]|the value has no field /01",
                "/2|[1,2]|the value has no field /2",
                "/-|[1,2]|the value has no field /-",
                "/99999999999|[1,2]|the value has no field /99999999999",
                "/user|{\"user\":null}|the field /user is null",
                "/user|{\"user\":{\"id\":1}}|the field /user is an object, and not a string, a number or a boolean",
                "/user|{\"user\":[1]}|the field /user is an array, and not a string, a number or a boolean",
                "/user|{\"user\":1,\"user\":2}|the field /user is there for the second time at line 1",
                "/user|{\"user\":\"\\ud83d\"}|field /user has an unpaired surrogate",
                "/user|{\"user\":1} 2|more follows the JSON value",
                "/user|{\"user\":1,|the value is not valid JSON at line 1",
                "/user|{\"user\":01}|the value is not valid JSON at line 1",
                "/user|``|the value has no field /user",
            })
    void shouldRefuseWhatHasNoTextThere(String pointer, String json, String message) {
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> new JsonField(pointer).text(json.getBytes(UTF_8)))
                .withMessageContaining(message);
    }

    @Test
    void shouldReadPastNamesAndNumbersOfAnyLength() throws UndecodableEventException {
        String number = "1".repeat(100_000);
        String json = "{\"" + "n".repeat(100_000) + "\":" + number + ",\"user\":" + number + "}";
        assertThat(new JsonField("/user").text(json.getBytes(UTF_8))).isEqualTo(number);
    }

    @Test
    void shouldRefuseWhatNestsWithoutEnd() {
        byte[] deep = ("{\"user\":1,\"x\":" + "[".repeat(100_000)).getBytes(UTF_8);
        assertThatExceptionOfType(UndecodableEventException.class)
                .isThrownBy(() -> new JsonField("/user").text(deep))
                .withMessageContaining("deeper than 64 levels");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "user", "user/id", "/a~", "/a~2", "~0", "$.user"})
    void shouldRefuseWhatIsNoPointerToAField(String pointer) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JsonField(pointer))
                .withMessageStartingWith("'" + pointer + "' is not a JSON pointer to a field: write /user");
    }
}
