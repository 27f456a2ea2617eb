package io.tagstream.cli;

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
final class OffsetSpecConverter implements ITypeConverter<OffsetSpec> {
    @Override
    public OffsetSpec convert(String value) {
        return switch (value.trim().toLowerCase(Locale.ROOT)) {
            case "earliest" -> OffsetSpec.earliest();
            case "latest" -> OffsetSpec.latest();
            default -> OffsetSpec.forTimestamp(time(value.trim()).toEpochMilli());
        };
    }

    static Instant time(String value) {
        try {
            return value.contains("T")
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + value
                    + "' is no place in a topic: write earliest, latest, 2026-11-23 or 2026-11-23T10:00:00Z");
        }
    }
}
