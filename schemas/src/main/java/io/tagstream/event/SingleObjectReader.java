package io.tagstream.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.specific.SpecificDatumReader;
import org.jspecify.annotations.NullMarked;

/**
 * Reads records in Avro's single-object encoding: the bytes C3 01, the CRC-64-AVRO fingerprint of the writer's schema (8 bytes, little
 * endian), the record in Avro's binary encoding. The writer's schema is looked for in the schema's history and resolved to the
 * current one. Belongs to one thread.
 */
@NullMarked
public final class SingleObjectReader<T> {
    static final byte MARKER_1 = (byte) 0xC3;
    static final byte MARKER_2 = 0x01;
    static final int HEADER = 2 + Long.BYTES;

    private final String name;
    private final Map<Long, SpecificDatumReader<T>> readers = new HashMap<>();

    /**
     * @param current the schema of T
     * @param writers the schemas that may have written what is read
     */
    public SingleObjectReader(Schema current, Iterable<Schema> writers) {
        this.name = current.getName();
        for (Schema writer : writers) {
            readers.put(
                    SchemaNormalization.parsingFingerprint64(writer),
                    new SpecificDatumReader<>(writer, current, EventModel.INSTANCE));
        }
    }

    public T read(byte[] value) throws UndecodableEventException {
        SpecificDatumReader<T> reader = reader(value);
        BoundedDecoder decoder = new BoundedDecoder(value, HEADER);
        T datum;
        try {
            datum = reader.read(null, decoder);
        } catch (BoundedDecoder.MalformedException e) {
            throw new UndecodableEventException("the bytes are not a " + name + " of its schema: " + e.getMessage());
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            // A union's branch that is not there comes as an index out of bounds; messages of Avro's may quote the
            // payload.
            throw new UndecodableEventException("the bytes are not a " + name + " of its schema: "
                    + e.getClass().getSimpleName());
        }
        if (decoder.remaining() != 0) {
            throw new UndecodableEventException(
                    decoder.remaining() + " bytes follow the end of the " + name + ": send one event a record");
        }
        return datum;
    }

    private SpecificDatumReader<T> reader(byte[] value) throws UndecodableEventException {
        if (value.length < HEADER || value[0] != MARKER_1 || value[1] != MARKER_2) {
            throw new UndecodableEventException(
                    "the value is not in Avro's single-object encoding, which begins with the bytes C3 01 and the fingerprint"
                            + " of the schema: send that, or choose another --input-format"
                            + (value.length > 0 && value[0] == 0
                                    ? " (a value that begins with 00 may come from a producer with a schema registry)"
                                    : ""));
        }
        long fingerprint = ByteBuffer.wrap(value, 2, Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        SpecificDatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw new UndecodableEventException(String.format(
                    "no published version of %s has the schema fingerprint %016x: write with a schema that comes with this"
                            + " version of Tagstream, or run a version that knows the writer's",
                    name, fingerprint));
        }
        return reader;
    }
}
