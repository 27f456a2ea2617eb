package io.tagstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reclaims the space of streams that ended without a tombstone. Each {@link #scan} looks at a bounded number of states, going
 * round the store, so that neither memory nor a pause grows with the number of streams.
 *
 * <p>It removes only what would start afresh anyway. Whether a stream does is its own affair (its next event's timestamp against
 * its last one's), but nobody knows that timestamp before it is there. So a state goes when the time of the partition is past its
 * time to live <em>twice</em>: an event that then still finds it alive would have to come later than the whole time to live behind
 * its partition. And one record from the future does not clear the store: no time beyond the clock counts.
 *
 * <p>Belongs to one task's thread.
 */
final class StateEviction {
    /** States looked at in one scan. */
    static final int SCAN_SIZE = 500;

    private static final int LIFETIMES = 2;

    private final KeyValueStore<Bytes, byte[]> store;
    private final long ttl;
    /** Where the next scan begins, null for the beginning. */
    private @Nullable Bytes next;

    StateEviction(KeyValueStore<Bytes, byte[]> store, Duration ttl) {
        this.store = store;
        this.ttl = ttl.toMillis();
    }

    /**
     * One scan.
     *
     * @param partitionTime the greatest timestamp of the task's records so far, ms
     * @param clock the time of day, ms
     * @return the number of states that were removed
     */
    int scan(long partitionTime, long clock) {
        long now = Math.min(partitionTime, clock);
        List<Bytes> expired = new ArrayList<>();
        int seen = 0;
        try (KeyValueIterator<Bytes, byte[]> states = next == null ? store.all() : store.range(next, null)) {
            next = null;
            while (states.hasNext()) {
                if (seen == SCAN_SIZE) {
                    next = states.peekNextKey();
                    break;
                }
                seen++;
                KeyValue<Bytes, byte[]> state = states.next();
                if (isPast(StreamStateCodec.lastEventTime(state.value), now)) {
                    expired.add(state.key);
                }
            }
        }
        expired.forEach(store::delete);
        return expired.size();
    }

    private boolean isPast(long lastEventTime, long now) {
        // The division cannot overflow, as a sum of a time to live of many years can.
        return lastEventTime < now && (now - lastEventTime) / LIFETIMES > ttl;
    }
}
