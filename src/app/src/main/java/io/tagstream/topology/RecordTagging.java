package io.tagstream.topology;

import io.tagstream.state.StreamState;
import io.tagstream.stream.BadRecordException;
import io.tagstream.wire.EventSource;
import java.util.function.Supplier;

/**
 * Turns the value of a record into what goes out for it, and stores and forwards nothing: all that can fail for a record fails here or
 * in the checks after it, before anything is written. Belongs to one task's thread.
 */
interface RecordTagging {
    /**
     * @param value the record's value, not null
     * @param source the record
     * @param eventTime the record's timestamp
     * @param before gives the state of the record's stream; asked once at most, and only when the value is readable
     * @throws BadRecordException if the record cannot be tagged
     */
    TaggedRecord tag(byte[] value, EventSource source, long eventTime, Supplier<StreamState> before);
}
