package io.tagstream.stream;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.TaggerModel;
import io.tagstream.state.EventTime;
import io.tagstream.state.StateEviction;
import io.tagstream.state.StreamState;
import io.tagstream.state.StreamStateCodec;
import io.tagstream.state.UnusableStateException;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one task's streams: read, checked, written and removed. It computes apart from writing, so that a caller writes when nothing
 * can fail any more for a record: an exception does not undo what was stored.
 *
 * <p>Belongs to one task's thread. Both the step of the library and the application of Tagstream keep their states by it.
 */
public final class StreamStates {
    private static final Logger LOG = LoggerFactory.getLogger(StreamStates.class);
    /** More than what a record batch of one record takes in addition to key and value (61 bytes and some of variable length). */
    private static final int OVERHEAD = 256;

    private static final byte[] NOTHING = {};

    private final KeyValueStore<Bytes, byte[]> store;
    private final ProcessorContext<?, ?> context;
    private final TaggingMetrics metrics;
    private final TaggingSettings settings;
    private final int maxStateBytes;
    private final HiddenState zero;
    private final StreamState fresh;
    private final StreamStateCodec codec;
    private final long ttl;
    private final @Nullable StateEviction eviction;
    private long resets;

    /** @param maxStateBytes the largest record that the changelog takes */
    public StreamStates(
            KeyValueStore<Bytes, byte[]> store,
            ProcessorContext<?, ?> context,
            TaggingMetrics metrics,
            TaggerModel model,
            TaggingSettings settings,
            int maxStateBytes) {
        this.store = store;
        this.context = context;
        this.metrics = metrics;
        this.settings = settings;
        this.maxStateBytes = maxStateBytes;
        this.zero = HiddenState.zero(model.contract());
        this.fresh = StreamState.begin(zero);
        this.codec = new StreamStateCodec(model.fingerprint(), zero);
        this.ttl = settings.stateTtl().toMillis();
        this.eviction = ttl > 0 ? new StateEviction(store, settings.stateTtl()) : null;
    }

    /**
     * The stream's state as a record with this time finds it: the stored one, or a new one.
     *
     * @param eventTime as {@link EventTime} counts it
     * @throws ForeignStateException if the stored state is of another model and {@link ForeignStatePolicy#FAIL} is set
     */
    public StreamState before(Bytes key, long eventTime) {
        byte[] stored = store.get(key);
        if (stored == null) {
            return fresh;
        }
        StreamState state;
        try {
            state = codec.decode(stored);
        } catch (UnusableStateException e) {
            state = reset(e);
        }
        long last = EventTime.counted(state.lastEventTime()); // older builds stored what came
        if (ttl > 0 && last < eventTime && eventTime - last > ttl) {
            metrics.expired();
            return fresh;
        }
        return state;
    }

    private StreamState reset(UnusableStateException cause) {
        String where = where(context);
        if (settings.foreignState() == ForeignStatePolicy.FAIL) {
            throw new ForeignStateException("the stored state of the stream of " + where + " cannot be used: "
                    + cause.getMessage() + "; run the model that it belongs to, or choose the policy reset");
        }
        if (resets++ == 0) {
            // One line for a task: after a change of the model it is every stream's turn, and there may be a million.
            LOG.warn(
                    "task {}: the state of the stream of {} is reset: {}; the task has about {} states, and the others that"
                            + " cannot be used are reset in the same way, counted in {}",
                    context.taskId(),
                    where,
                    cause.getMessage(),
                    store.approximateNumEntries(),
                    TaggingMetrics.STATE_RESETS);
        }
        metrics.stateReset();
        UnusableStateException.Counts counts = cause.counts();
        return counts == null
                ? fresh
                : new StreamState(counts.sequence(), counts.tokensSeen(), counts.lastEventTime(), zero);
    }

    /** The record that is processed, for a message: {@code topic-partition@offset}. */
    public static String where(ProcessorContext<?, ?> context) {
        return context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse("a record");
    }

    /**
     * The bytes to {@link #put}.
     *
     * @throws BadRecordException if the changelog does not take them
     */
    public byte[] encode(Bytes key, StreamState after) {
        byte[] state = codec.encode(after);
        checkSize(key, state);
        return state;
    }

    public void put(Bytes key, byte[] state) {
        store.put(key, state);
    }

    /** @throws BadRecordException if the key is too large for the changelog, as a deletion is a record of it too */
    public void delete(Bytes key) {
        checkSize(key, NOTHING);
        store.delete(key);
    }

    private void checkSize(Bytes key, byte[] state) {
        long size = OVERHEAD + (long) key.get().length + state.length;
        if (size > maxStateBytes) {
            throw new BadRecordException("the state with the key of " + key.get().length + " bytes takes " + size
                    + " bytes, more than the " + maxStateBytes + " that its changelog takes: use shorter keys");
        }
    }

    /**
     * Removes some states that have expired. Not a punctuation of Kafka Streams: one record from the far future would be the last that it
     * waits for.
     */
    public void evict(long timestamp) {
        if (eviction == null) {
            return;
        }
        int evicted = eviction.follow(timestamp, context.currentSystemTimeMs());
        if (evicted > 0) {
            metrics.evicted(evicted);
            LOG.info("task {} removed {} expired states", context.taskId(), evicted);
        }
    }

    /** Says how many states were reset, where it was more than the one that was logged. */
    public void close() {
        if (resets > 1) {
            LOG.info("task {} reset {} states", context.taskId(), resets);
        }
    }
}
