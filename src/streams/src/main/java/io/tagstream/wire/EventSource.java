package io.tagstream.wire;

/**
 * The input record that an output record was made from.
 *
 * @param topic the record's topic
 * @param partition the record's partition
 * @param offset the record's offset
 */
public record EventSource(String topic, int partition, long offset) {
    /** Names the event where it has no id of its own: {@code TOPIC-PARTITION-OFFSET}. */
    public String id() {
        return topic + "-" + partition + "-" + offset;
    }
}
