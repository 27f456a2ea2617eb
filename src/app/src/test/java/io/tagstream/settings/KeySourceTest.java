package io.tagstream.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.settings.KeySource.Kind;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.wire.InputFormat;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeySourceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "key",
                "partition",
                "none",
                "header:user",
                "header:a:b",
                "header:/x",
                "field:/user",
                "field:/a~1b/0"
            })
    void shouldReadWhatItWrites(String text) {
        assertThat(KeySource.parse(text)).hasToString(text);
    }

    @Test
    void shouldKeepTheNameOfAHeaderAsItIs() {
        assertThat(KeySource.parse("header:X-User id")).isEqualTo(new KeySource(Kind.HEADER, "X-User id"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "value|'value' names no stream: write key, partition, header:NAME, field:POINTER or none",
                "``|'' names no stream",
                "header|'header' names no stream",
                "header:|'header:' names no header: write header:NAME",
                "field:|'' is not a JSON pointer to a field",
                "field:user|'user' is not a JSON pointer to a field: write /user",
                "field:/a~b|'/a~b' is not a JSON pointer",
                "none:|'none:' names no stream",
            })
    void shouldRefuseWhatNamesNothing(String text, String message) {
        assertThatThrownBy(() -> KeySource.parse(text))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(message);
    }

    @Test
    void shouldSayWhereANameHoldsOnlyWithinItsPartition() {
        assertThat(KeySource.parse("header:user").notice())
                .hasValueSatisfying(notice -> assertThat(notice)
                        .startsWith("--key-from header:user: records of one value in two partitions are two streams"));
        assertThat(KeySource.parse("field:/user").notice()).isPresent();
        assertThat(KeySource.KEY.notice()).isEmpty();
        assertThat(KeySource.PARTITION.notice()).isEmpty();
        assertThat(KeySource.NONE.notice()).isEmpty();
    }

    @Test
    void shouldHaveNoMemoryWithoutStreams() {
        assertThat(builder().build().memory()).isEqualTo(StreamMemory.STREAM);
        assertThat(builder().memory(StreamMemory.NONE).build().keyFrom()).isEqualTo(KeySource.KEY);
        assertThat(builder().keyFrom(KeySource.NONE).build().memory()).isEqualTo(StreamMemory.NONE);
        refuses(builder().keyFrom(KeySource.NONE).memory(StreamMemory.STREAM), "--key-from none has no streams");
    }

    @Test
    void shouldRefuseWhatDoesNotGoTogether() {
        refuses(builder().keyFrom(KeySource.parse("field:/user")), "needs JSON values: set --input-format json");
        refuses(
                builder().keyFrom(KeySource.parse("field:/user")).inputFormat(InputFormat.TEXT),
                "--key-from field:/user needs JSON values");
        refuses(builder().memory(StreamMemory.NONE).stateTtl(Duration.ofDays(1)), "--state-ttl");
    }

    private static void refuses(StreamSettings.Builder builder, String sentence) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(sentence);
    }

    private static StreamSettings.Builder builder() {
        return StreamSettings.builder("localhost:9092");
    }
}
