package io.tagstream.topology;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tagstream.event.StreamKey;
import io.tagstream.event.UndecodableEventException;
import io.tagstream.json.JsonField;
import io.tagstream.settings.KeySource;
import io.tagstream.stream.BadRecordException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Says which stream a record belongs to. Belongs to one task's thread. */
final class StreamNamer {
    private final KeySource source;
    private final @Nullable JsonField field;
    private final NamingLog log;

    StreamNamer(KeySource source, NamingLog log) {
        this.source = source;
        this.field = source.kind() == KeySource.Kind.FIELD ? new JsonField(source.argument()) : null;
        this.log = log;
    }

    /**
     * The id of the record's stream, which is also the key of what is put out for it; under {@link KeySource.Kind#NONE} the key of the
     * record as it is.
     *
     * @throws BadRecordException if nothing names the stream
     */
    byte @Nullable [] name(Record<byte[], byte[]> record, RecordMetadata at) {
        byte[] id;
        try {
            id = switch (source.kind()) {
                case KEY -> key(record.key());
                case PARTITION -> Integer.toString(at.partition()).getBytes(US_ASCII);
                case HEADER -> header(record, at);
                case FIELD -> field(record.value());
                case NONE -> record.key();
            };
        } catch (BadRecordException e) {
            log.unnamed(String.valueOf(e.getMessage()));
            throw e;
        }
        log.named();
        return id;
    }

    private static byte[] key(byte @Nullable [] key) {
        if (key == null || key.length == 0) {
            throw new BadRecordException((key == null ? "the record has no key" : "the key of the record is empty")
                    + ": set the key to the id of the stream, or say by --key-from what names the stream"
                    + " (partition, header:NAME, field:POINTER or none)");
        }
        return key;
    }

    private byte[] header(Record<byte[], byte[]> record, RecordMetadata at) {
        byte[] value = null;
        int found = 0;
        for (Header header : record.headers()) {
            if (header.key().equals(source.argument())) {
                value = header.value();
                found++;
            }
        }
        if (found > 1) {
            log.twice(source.argument(), at);
        }
        if (value == null || value.length == 0) {
            throw new BadRecordException((found == 0 ? "the record has no header " : "the record has an empty header ")
                    + source.argument()
                    + option());
        }
        return value;
    }

    private byte[] field(byte @Nullable [] value) {
        if (value == null || field == null) {
            throw new BadRecordException("the record has no value, and so no field " + source.argument() + option());
        }
        String text;
        try {
            text = field.text(value);
        } catch (UndecodableEventException e) {
            throw new BadRecordException(e.getMessage() + option());
        }
        if (text.isEmpty()) {
            throw new BadRecordException("the field " + source.argument() + " is empty" + option());
        }
        return StreamKey.encode(text);
    }

    private String option() {
        return " (--key-from " + source + ")";
    }
}
