package io.tagstream.wire;

import io.tagstream.event.UndecodableEventException;

/** Reads the value of a sentence record. An instance belongs to one thread. */
public interface EventDecoder {
    /**
     * @param value the record's value, not null
     * @throws UndecodableEventException if the bytes are not a sentence event of this format; the message says what is
     *     wrong and never quotes the payload
     */
    IncomingSentence decode(byte[] value) throws UndecodableEventException;
}
