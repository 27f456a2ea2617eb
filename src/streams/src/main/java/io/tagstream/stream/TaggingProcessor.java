package io.tagstream.stream;

import io.tagstream.infer.HiddenState;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.RecordFields;
import io.tagstream.wire.StreamKey;
import io.tagstream.wire.WireFormats;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tags one record: decode, tokenize, tag from the stream's stored state, encode ({@link RecordTagging}), check the sizes; and only
 * when nothing can fail any more for this record, store the new state and forward the bytes. An exception does not undo what was stored, so a record that
 * fails must fail before.
 *
 * <p>Belongs to one task, one thread at a time. Kafka Streams may call {@link #init} again after {@link #close}.
 */
final class TaggingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(TaggingProcessor.class);
    private static final byte[] NOTHING = {};

    private final StreamSettings settings;
    private final TaggingParts parts;
    private final SizeLimits limits;
    private final InputTracking input;
    private final HiddenState zero;
    private final StreamStateCodec codec;
    private final long ttl;
    private final StreamState fresh;
    private final StreamNamer namer;
    private final StreamStoreKeys storeKeys;

    // What lives from init to close.
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    /** Null without memory. */
    private @Nullable KeyValueStore<Bytes, byte[]> store;

    /** Null without memory. */
    private @Nullable PositionKeeper positions;

    /** Null where states do not expire. */
    private @Nullable StateEviction eviction;

    @SuppressWarnings("NullAway.Init")
    private TaggingMetrics metrics;

    @SuppressWarnings("NullAway.Init")
    private SentenceTagging sentences;

    @SuppressWarnings("NullAway.Init")
    private RecordTagging tagging;

    TaggingProcessor(
            StreamSettings settings, TaggingParts parts, SizeLimits limits, InputTracking input, NamingLog namingLog) {
        this.settings = settings;
        this.parts = parts;
        this.limits = limits;
        this.input = input;
        this.zero = HiddenState.zero(parts.model().contract());
        this.codec = new StreamStateCodec(parts.model().fingerprint(), zero);
        this.ttl = settings.stateTtl().toMillis();
        this.fresh = StreamState.begin(zero);
        this.namer = new StreamNamer(settings.keyFrom(), namingLog);
        this.storeKeys = new StreamStoreKeys(settings.topics().inputs());
    }

    /** Where the state of one stream lies. */
    private record Slot(KeyValueStore<Bytes, byte[]> store, Bytes key) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        KeyValueStore<Bytes, byte[]> states = settings.hasMemory() ? context.getStateStore(StreamNames.STORE) : null;
        store = states;
        positions =
                settings.hasMemory() ? new PositionKeeper(context.getStateStore(StreamNames.POSITIONS), input) : null;
        metrics = new TaggingMetrics(context.metrics(), context.taskId(), input);
        sentences = new SentenceTagging(parts, settings.maxTokens());
        RecordFields fields = settings.fields();
        tagging = fields == null
                ? new EventTagging(settings, parts, sentences)
                : new FieldTagging(
                        settings, parts, sentences, WireFormats.recordReader(settings.inputFormat(), fields));
        eviction = ttl > 0 && states != null ? new StateEviction(states, settings.stateTtl()) : null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        if (positions != null && !positions.advance(at.topic(), at.partition(), at.offset())) {
            metrics.skipped();
            return;
        }
        try {
            tag(record);
        } catch (BadRecordException e) {
            metrics.deadLetter();
            if (LOG.isDebugEnabled()) {
                LOG.debug("the dead letter of {} has the key {}", where(), StreamKey.shown(record.key()));
            }
            throw e;
        }
        evict(record.timestamp());
    }

    private void tag(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        byte[] id = namer.name(record, at);
        Slot slot = store == null || id == null ? null : new Slot(store, storeKeys.of(at.topic(), id));
        if (record.value() == null) {
            if (slot != null) {
                checkSize(slot.key(), NOTHING); // a deletion is a record of the changelog too
                slot.store().delete(slot.key());
            }
            return;
        }
        long eventTime = EventTime.counted(record.timestamp());
        TaggedRecord tagged = tagging.tag(
                record.value(),
                new EventSource(at.topic(), at.partition(), at.offset()),
                eventTime,
                () -> slot == null ? fresh : stateBefore(slot, eventTime));
        checkSizes(id, tagged.values(), record.headers());
        StreamState after = tagged.after();
        if (slot != null && after != null) {
            byte[] state = codec.encode(after);
            checkSize(slot.key(), state);
            slot.store().put(slot.key(), state);
        }
        for (byte[] value : tagged.values()) {
            context.forward(new Record<>(id, value, record.timestamp(), record.headers()));
        }
        if (after == null) {
            metrics.passed();
        } else {
            metrics.tagged(tagged.sentences(), tagged.tokens());
        }
    }

    /** The stream's state as this event finds it: the stored one, or a new one. */
    private StreamState stateBefore(Slot slot, long eventTime) {
        byte[] stored = slot.store().get(slot.key());
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
        String where = where();
        if (settings.foreignState() == ForeignStatePolicy.FAIL) {
            throw new ForeignStateException("the stored state of the stream of " + where + " cannot be used: "
                    + cause.getMessage() + "; run the model that it belongs to, or choose the policy reset");
        }
        LOG.warn("the state of the stream of {} is reset: {}", where, cause.getMessage());
        metrics.stateReset();
        UnusableStateException.Counts counts = cause.counts();
        return counts == null
                ? fresh
                : new StreamState(counts.sequence(), counts.tokensSeen(), counts.lastEventTime(), zero);
    }

    private String where() {
        return context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse("a record");
    }

    private void checkSize(Bytes key, byte[] state) {
        long size = SizeLimits.OVERHEAD + (long) key.get().length + state.length;
        if (size > limits.state()) {
            throw new BadRecordException("the state with the key of " + key.get().length + " bytes takes " + size
                    + " bytes, more than the " + limits.state() + " that its changelog takes: use shorter keys");
        }
    }

    private void checkSizes(byte @Nullable [] key, List<byte[]> values, Headers headers) {
        for (byte[] value : values) {
            long size = SizeLimits.size(key, value, headers);
            if (size > limits.output()) {
                throw new BadRecordException("what would be put out takes " + size + " bytes, more than the "
                        + limits.output() + " that the output topic takes: cut it, or raise --max-record-bytes");
            }
        }
    }

    /** Not as a punctuation of Kafka Streams: one record from the far future would be the last that it waits for. */
    private void evict(long timestamp) {
        if (eviction == null) {
            return;
        }
        int evicted = eviction.follow(timestamp, context.currentSystemTimeMs());
        if (evicted > 0) {
            metrics.evicted(evicted);
            LOG.info("task {} removed {} expired states", context.taskId(), evicted);
        }
    }

    @Override
    public void close() {
        metrics.close();
        sentences.close();
    }
}
