package io.tagstream.watch;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Uuid;

/**
 * What the brokers said about topics at one moment. A topic that is neither known nor missing: they gave no answer.
 *
 * @param known by name
 * @param missing the brokers said that they do not exist
 */
record TopicView(Map<String, Shape> known, Set<String> missing) {
    /** A topic that is deleted and created again has another id. */
    record Shape(Uuid id, int partitions) {}
}
