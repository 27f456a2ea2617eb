package io.tagstream.topology;

import io.tagstream.event.StreamKey;
import io.tagstream.format.WireFormats;
import io.tagstream.infer.HiddenState;
import io.tagstream.json.RecordFields;
import io.tagstream.position.InputTracking;
import io.tagstream.position.PositionKeeper;
import io.tagstream.settings.SizeLimits;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.state.EventTime;
import io.tagstream.state.StreamState;
import io.tagstream.stream.BadRecordException;
import io.tagstream.stream.SentenceTagging;
import io.tagstream.stream.StreamStates;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.wire.EventSource;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tags one record of the application: decode, tokenize, tag from the stream's stored state, encode ({@link RecordTagging}), check the sizes; and only
 * when nothing can fail any more for this record, store the new state and forward the bytes. An exception does not undo what was stored, so a record that
 * fails must fail before.
 *
 * <p>Belongs to one task, one thread at a time. Kafka Streams may call {@link #init} again after {@link #close}.
 */
final class RecordProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(RecordProcessor.class);

    private final StreamSettings settings;
    private final TaggingParts parts;
    private final SizeLimits limits;
    private final InputTracking input;
    private final StreamState fresh;
    private final StreamNamer namer;
    private final StreamStoreKeys storeKeys;

    // What lives from init to close.
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    /** Null without memory. */
    private @Nullable StreamStates states;

    /** Null without memory. */
    private @Nullable PositionKeeper positions;

    @SuppressWarnings("NullAway.Init")
    private TaggingMetrics metrics;

    @SuppressWarnings("NullAway.Init")
    private RecordMetrics records;

    @SuppressWarnings("NullAway.Init")
    private SentenceTagging sentences;

    @SuppressWarnings("NullAway.Init")
    private RecordTagging tagging;

    RecordProcessor(
            StreamSettings settings, TaggingParts parts, SizeLimits limits, InputTracking input, NamingLog namingLog) {
        this.settings = settings;
        this.parts = parts;
        this.limits = limits;
        this.input = input;
        this.fresh = StreamState.begin(HiddenState.zero(parts.model().contract()));
        this.namer = new StreamNamer(settings.keyFrom(), namingLog);
        this.storeKeys = new StreamStoreKeys(settings.topics().inputs());
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        metrics = TaggingMetrics.of(context.metrics(), context.taskId());
        records = new RecordMetrics(metrics, context.taskId().partition(), input);
        if (settings.hasMemory()) {
            states = new StreamStates(
                    context.getStateStore(StreamNames.STORE),
                    context,
                    metrics,
                    parts.model(),
                    settings.tagging(),
                    limits.state());
            positions = new PositionKeeper(context.getStateStore(StreamNames.POSITIONS), input);
        }
        sentences =
                new SentenceTagging(parts.model(), parts.tokenizer().get(), settings.maxTokens(), "raise --max-tokens");
        RecordFields fields = settings.fields();
        tagging = fields == null
                ? new EventTagging(settings, parts, sentences)
                : new FieldTagging(
                        settings, parts, sentences, WireFormats.recordReader(settings.inputFormat(), fields));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        if (positions != null && !positions.advance(at.topic(), at.partition(), at.offset())) {
            records.skipped();
            return;
        }
        try {
            tag(record);
        } catch (BadRecordException e) {
            records.deadLetter();
            if (LOG.isDebugEnabled()) {
                LOG.debug(
                        "the dead letter of {} has the key {}",
                        StreamStates.where(context),
                        StreamKey.shown(record.key()));
            }
            throw e;
        }
        if (states != null) {
            states.evict(record.timestamp());
        }
    }

    private void tag(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        byte[] id = namer.name(record, at);
        Bytes key = states == null || id == null ? null : storeKeys.of(at.topic(), id);
        if (record.value() == null) {
            if (states != null && key != null) {
                states.delete(key);
            }
            return;
        }
        long eventTime = EventTime.counted(record.timestamp());
        TaggedRecord tagged = tagging.tag(
                record.value(),
                new EventSource(at.topic(), at.partition(), at.offset()),
                eventTime,
                () -> states == null || key == null ? fresh : states.before(key, eventTime));
        checkSizes(id, tagged.values(), record.headers());
        StreamState after = tagged.after();
        if (states != null && key != null && after != null) {
            states.put(key, states.encode(key, after));
        }
        for (byte[] value : tagged.values()) {
            context.forward(new Record<>(id, value, record.timestamp(), record.headers()));
        }
        if (after == null) {
            records.passed();
        } else {
            metrics.tagged(tagged.sentences(), tagged.tokens());
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

    @Override
    public void close() {
        if (states != null) {
            states.close();
        }
        metrics.close();
        sentences.close();
    }
}
