package io.tagstream.export;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HalfFloatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0000",
        "1, 3c00",
        "-2, c000",
        "0.5, 3800",
        "65504, 7bff",
        "1e9, 7c00",
        "-0.1, ae66",
        "6.1035156e-5, 0400",
        "6.0975552e-5, 03ff",
        "5.9604645e-8, 0001",
        "1e-9, 0000",
        "1.00048828125, 3c00",
        "1.00146484375, 3c02",
        "2047.75, 6800"
    })
    void shouldRoundToTheNearest(float value, String bits) {
        assertThat(String.format("%04x", HalfFloat.bits(value))).isEqualTo(bits);
    }
}
