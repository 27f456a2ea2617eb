package io.tagstream.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class OffsetSpecConverterTest {
    private final OffsetSpecConverter converter = new OffsetSpecConverter();

    @Test
    void shouldReadPlacesAndTimes() {
        assertThat(converter.convert("Earliest")).isInstanceOf(OffsetSpec.EarliestSpec.class);
        assertThat(converter.convert(" latest ")).isInstanceOf(OffsetSpec.LatestSpec.class);
        assertThat(converter.convert("2026-11-23")).isInstanceOf(OffsetSpec.TimestampSpec.class);
        assertThat(OffsetSpecConverter.time("2026-11-23T11:00:00+01:00"))
                .isEqualTo(OffsetSpecConverter.time("2026-11-23T10:00:00Z"))
                .isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "",
                "2026-11-23T10:00:00",
                "2026-13-01",
                "2026-11-31",
                "10:00",
                "23.11.2026",
                "1764000000000"
            })
    void shouldSayHowAPlaceIsWritten(String value) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> converter.convert(value))
                .withMessageContainingAll("'" + value + "'", "earliest, latest", "a time with its zone");
    }

    /** Kafka would take them for other places. */
    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31", "1969-12-31T23:59:59.999Z", "+999999999-01-01"})
    void shouldRefuseATimeThatATopicDoesNotKnow(String value) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> converter.convert(value))
                .withMessageContaining("'" + value + "'");
    }
}
