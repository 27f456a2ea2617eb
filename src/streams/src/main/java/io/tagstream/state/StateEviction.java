package io.tagstream.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reclaims the space of streams that ended without a tombstone. It scans once for each {@link #INTERVAL} of partition time. A scan
 * looks at a bounded number of states, going round the store, so that neither memory nor a pause grows with the number of streams.
 *
 * <p>It removes only what would start afresh anyway. Whether a stream does is its own affair (its next event's timestamp against
 * its last one's), but nobody knows that timestamp before it is there. So a state goes when the time of the partition is past its
 * time to live <em>twice</em>: an event that then still finds it alive would have to come later than the whole time to live behind
 * its partition.
 *
 * <p>The time of the partition here is the greatest timestamp since the task started, but no time beyond the clock, and a timestamp
 * more than {@link #AHEAD} beyond it is left out. So one record from the future neither clears the store, also where the partition
 * lags far behind the clock, nor ends the scans, as it would end punctuations by stream time.
 *
 * <p>Belongs to one task's thread.
 */
public final class StateEviction {
    /** States looked at in one scan. */
    public static final int SCAN_SIZE = 500;

    /** ms of partition time between two scans. */
    public static final long INTERVAL = 1_000;
    /** ms that the clock of a producer may be ahead of ours, an hour as for Kafka's brokers. */
    public static final long AHEAD = 3_600_000;

    private static final int LIFETIMES = 2;
    private static final long NONE = Long.MIN_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;
    private final long ttl;
    /** Where the next scan begins, null for the beginning. */
    private @Nullable Bytes next;
    /** The time of the partition, ms. */
    private long time = NONE;
    /** When by that time the last scan was. */
    private long scanned = NONE;

    public StateEviction(KeyValueStore<Bytes, byte[]> store, Duration ttl) {
        this.store = store;
        this.ttl = ttl.toMillis();
    }

    /**
     * A record was processed; scans if it is time to.
     *
     * @param timestamp the record's, ms
     * @param clock the time of day, ms
     * @return the number of states that were removed
     */
    public int follow(long timestamp, long clock) {
        if (timestamp - AHEAD > clock) {
            return 0;
        }
        time = Math.max(time, Math.min(timestamp, clock));
        if (scanned != NONE && time - scanned < INTERVAL) {
            return 0;
        }
        scanned = time;
        return scan(time);
    }

    private int scan(long now) {
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
