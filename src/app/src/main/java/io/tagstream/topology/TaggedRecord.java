package io.tagstream.topology;

import io.tagstream.state.StreamState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a record becomes.
 *
 * @param values the values that go out, in their order
 * @param after the state of its stream after it; null where the record leaves it as it is
 * @param sentences how many sentences were tagged
 * @param tokens how many tokens they have
 */
record TaggedRecord(List<byte[]> values, @Nullable StreamState after, int sentences, int tokens) {
    /** A record without a text, which goes out as it came. */
    static TaggedRecord passed(byte[] value) {
        return new TaggedRecord(List.of(value), null, 0, 0);
    }
}
