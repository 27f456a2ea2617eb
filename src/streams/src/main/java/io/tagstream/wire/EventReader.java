package io.tagstream.wire;

import io.tagstream.event.UndecodableEventException;

/** Reads the value of an output record, as a consumer does. An instance belongs to one thread. */
@FunctionalInterface
public interface EventReader<T> {
    /**
     * @param value the record's value, not null
     * @throws UndecodableEventException if the bytes are not such an event; the message never quotes the payload
     */
    T read(byte[] value) throws UndecodableEventException;
}
