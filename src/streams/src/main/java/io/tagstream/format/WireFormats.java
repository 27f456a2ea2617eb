package io.tagstream.format;

import io.tagstream.json.JsonEventEncoder;
import io.tagstream.json.JsonRecordReader;
import io.tagstream.json.RecordFields;
import io.tagstream.json.RecordReader;
import io.tagstream.text.UsageException;
import io.tagstream.wire.Emit;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventWriter;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutgoingToken;
import io.tagstream.wire.OutputFormat;

/** The codecs of each format. What it returns belongs to one thread: ask once a thread. */
public final class WireFormats {
    private WireFormats() {}

    /** Reads sentence events. */
    public static EventDecoder decoder(InputFormat format) {
        return switch (format) {
            case AVRO -> new AvroSentenceDecoder();
            case JSON -> new JsonSentenceDecoder();
            case TEXT -> new TextSentenceDecoder();
        };
    }

    /** Writes tagged sentences; the same sentence always gives the same bytes. */
    public static EventEncoder encoder(OutputFormat format, Emit emit) {
        return switch (format) {
            case AVRO -> new AvroEventEncoder(emit);
            case JSON -> new JsonEventEncoder(emit);
        };
    }

    /**
     * Reads records whose shape is not ours, and puts tags into them.
     *
     * @throws UsageException if the format has no such reader
     */
    public static RecordReader recordReader(InputFormat format, RecordFields fields) {
        return switch (format) {
            case JSON -> new JsonRecordReader(fields);
            case AVRO, TEXT ->
                throw new UsageException("fields are found in JSON alone, got the input format " + format);
        };
    }

    /** Reads back what {@link #encoder} writes with {@link Emit#SENTENCE}. */
    public static EventReader<OutgoingSentence> sentenceReader(OutputFormat format) {
        return switch (format) {
            case AVRO -> AvroEventReaders.sentences();
            case JSON -> new JsonEventReaders()::sentence;
        };
    }

    /** Reads back what {@link #encoder} writes with {@link Emit#TOKEN}. */
    public static EventReader<OutgoingToken> tokenReader(OutputFormat format) {
        return switch (format) {
            case AVRO -> AvroEventReaders.tokens();
            case JSON -> new JsonEventReaders()::token;
        };
    }

    /** Writes sentence events, as a producer of them does. */
    public static EventWriter<IncomingSentence> sentenceWriter(InputFormat format) {
        return switch (format) {
            case AVRO -> SentenceWriters.avro();
            case JSON -> SentenceWriters::json;
            case TEXT -> SentenceWriters::text;
        };
    }
}
