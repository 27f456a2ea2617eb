package io.tagstream.settings;

import io.tagstream.json.JsonField;
import io.tagstream.stream.InvalidSettingException;
import java.util.Locale;
import java.util.Optional;

/**
 * What names the stream of a record, the same for all records.
 *
 * @param kind where the name stands
 * @param argument the name of the header, or the JSON pointer of the field; empty for the others
 */
public record KeySource(Kind kind, String argument) {
    /** Where the name of a stream stands. */
    public enum Kind {
        /** The key of the record. */
        KEY,
        /** Each input partition is one stream. */
        PARTITION,
        /** The value of a header, within its partition. */
        HEADER,
        /** The text of a field of the JSON value, within its partition. */
        FIELD,
        /** There are no streams: each record is tagged by itself. */
        NONE
    }

    public static final KeySource KEY = new KeySource(Kind.KEY, "");
    public static final KeySource PARTITION = new KeySource(Kind.PARTITION, "");
    public static final KeySource NONE = new KeySource(Kind.NONE, "");

    private static final String HEADER_PREFIX = "header:";
    private static final String FIELD_PREFIX = "field:";

    /** @throws InvalidSettingException if a header has no name, or the pointer is none */
    public KeySource {
        if (kind == Kind.HEADER && argument.isEmpty()) {
            throw new InvalidSettingException("'header:' names no header: write header:NAME");
        }
        if (kind == Kind.FIELD) {
            try {
                new JsonField(argument);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException(String.valueOf(e.getMessage()));
            }
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws InvalidSettingException with one sentence on what is wrong
     */
    public static KeySource parse(String text) {
        if (text.startsWith(HEADER_PREFIX)) {
            return new KeySource(Kind.HEADER, text.substring(HEADER_PREFIX.length()));
        }
        if (text.startsWith(FIELD_PREFIX)) {
            return new KeySource(Kind.FIELD, text.substring(FIELD_PREFIX.length()));
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "key" -> KEY;
            case "partition" -> PARTITION;
            case "none" -> NONE;
            default ->
                throw new InvalidSettingException(
                        "'" + text + "' names no stream: write key, partition, header:NAME, field:POINTER or none");
        };
    }

    /** A sentence for the start, where the names of streams hold only within a partition. */
    public Optional<String> notice() {
        return kind == Kind.HEADER || kind == Kind.FIELD
                ? Optional.of("--key-from " + this
                        + ": records of one value in two partitions are two streams, because Kafka Streams keeps state by"
                        + " partition")
                : Optional.empty();
    }

    /** As the option says it: {@code key}, {@code header:NAME}. */
    @Override
    public String toString() {
        return switch (kind) {
            case HEADER -> HEADER_PREFIX + argument;
            case FIELD -> FIELD_PREFIX + argument;
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
