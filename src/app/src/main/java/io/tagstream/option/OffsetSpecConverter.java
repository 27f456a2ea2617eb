package io.tagstream.option;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import org.apache.kafka.clients.admin.OffsetSpec;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code earliest}, {@code latest}, {@code 2026-11-23T10:00:00Z}, {@code ...+01:00}, or {@code 2026-11-23}, a day's begin in UTC. */
public final class OffsetSpecConverter implements ITypeConverter<OffsetSpec> {
    /** The beginning of a topic. */
    public static final String EARLIEST = "earliest";

    @Override
    public OffsetSpec convert(String value) {
        return switch (value.trim().toLowerCase(Locale.ROOT)) {
            case EARLIEST -> OffsetSpec.earliest();
            case "latest" -> OffsetSpec.latest();
            default -> OffsetSpec.forTimestamp(milliseconds(value.trim()));
        };
    }

    /** Kafka gives times before 1970 other meanings: -1 ms is the end of the topic. */
    private static long milliseconds(String value) {
        long milliseconds;
        try {
            milliseconds = time(value).toEpochMilli();
        } catch (ArithmeticException e) {
            throw noPlace(value);
        }
        if (milliseconds < 0) {
            throw new TypeConversionException("'" + value + "' lies before 1970, the first time that a topic knows");
        }
        return milliseconds;
    }

    public static Instant time(String value) {
        try {
            return value.contains("T")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw noPlace(value);
        }
    }

    private static TypeConversionException noPlace(String value) {
        return new TypeConversionException("'" + value
                + "' is no place in a topic: write earliest, latest, a day (2026-11-23, from 0:00 UTC) or a time with its zone "
                + "(2026-11-23T10:00:00Z, 2026-11-23T11:00:00+01:00)");
    }
}
