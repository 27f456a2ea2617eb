package io.tagstream.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.jspecify.annotations.NullMarked;

/** Writes records in Avro's single-object encoding, with buffers that stay. Belongs to one thread. */
@NullMarked
public final class SingleObjectWriter<T> {
    private static final int INITIAL_SIZE = 1024;

    private final byte[] header;
    private final SpecificDatumWriter<T> writer;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(INITIAL_SIZE);
    private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);

    public SingleObjectWriter(Schema schema) {
        this.header = ByteBuffer.allocate(SingleObjectReader.HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(SingleObjectReader.MARKER_1)
                .put(SingleObjectReader.MARKER_2)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array();
        this.writer = new SpecificDatumWriter<>(schema, EventModel.INSTANCE);
    }

    public byte[] write(T record) {
        out.reset();
        out.writeBytes(header);
        try {
            try {
                writer.write(record, encoder);
            } finally {
                encoder.flush(); // empties the buffer after a failure too, or its rest would get into the next record
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return out.toByteArray();
    }
}
