package io.tagstream.stream;

import org.jspecify.annotations.Nullable;

/**
 * A record that cannot be tagged, now or ever. Nothing was stored for it: its stream goes on as if it had not been there.
 *
 * @param cause one sentence; it never quotes the payload
 * @param topic the topic that the record was read from, a repartition topic where one lies before the step; empty where the record
 *     comes from a punctuation
 * @param partition of that topic, -1 where the record comes from a punctuation
 * @param offset in that partition, -1 where the record comes from a punctuation
 * @param key as the step received it
 * @param value as the step received it
 */
public record BadRecord(
        String cause,
        String topic,
        int partition,
        long offset,
        @Nullable Object key,
        @Nullable Object value) {
    /** Without key and value: payloads do not belong into logs. */
    @Override
    public String toString() {
        return "BadRecord[" + topic + "-" + partition + "@" + offset + ": " + cause + "]";
    }
}
