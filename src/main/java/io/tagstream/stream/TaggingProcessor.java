package io.tagstream.stream;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.UntaggableSentenceException;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.StreamKey;
import io.tagstream.wire.UndecodableEventException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tags one record: decode, tokenize, tag from the stream's stored state, encode, check the sizes; and only when nothing can fail
 * any more for this record, store the new state and forward the bytes. An exception does not undo what was stored, so a record that
 * fails must fail before.
 *
 * <p>Belongs to one task, one thread at a time. Kafka Streams may call {@link #init} again after {@link #close}.
 */
final class TaggingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(TaggingProcessor.class);
    /** In partition time. */
    private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(1);

    private static final byte[] NOTHING = {};

    private final StreamSettings settings;
    private final TaggingParts parts;
    private final SizeLimits limits;
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

    @SuppressWarnings("NullAway.Init")
    private TaggingMetrics metrics;

    @SuppressWarnings("NullAway.Init")
    private SentenceTagger tagger;

    @SuppressWarnings("NullAway.Init")
    private Tokenizer tokenizer;

    @SuppressWarnings("NullAway.Init")
    private EventDecoder decoder;

    @SuppressWarnings("NullAway.Init")
    private EventEncoder encoder;

    TaggingProcessor(StreamSettings settings, TaggingParts parts, SizeLimits limits, NamingLog namingLog) {
        this.settings = settings;
        this.parts = parts;
        this.limits = limits;
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
        KeyValueStore<Bytes, byte[]> states =
                settings.memory() == StreamMemory.NONE ? null : context.getStateStore(StreamNames.STORE);
        store = states;
        tokenizer = parts.tokenizer().get();
        decoder = parts.decoder().get();
        encoder = parts.encoder().get();
        metrics = new TaggingMetrics(context.metrics(), context.taskId());
        tagger = parts.model().newTagger();
        if (ttl > 0 && states != null) {
            StateEviction eviction = new StateEviction(states, settings.stateTtl());
            context.schedule(EVICTION_INTERVAL, PunctuationType.STREAM_TIME, time -> evict(eviction, time));
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        try {
            tag(record);
        } catch (BadRecordException e) {
            metrics.deadLetter();
            if (LOG.isDebugEnabled()) {
                LOG.debug("the dead letter of {} has the key {}", where(), StreamKey.shown(record.key()));
            }
            throw e;
        }
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
        IncomingSentence sentence = decode(record.value());
        List<Token> tokens = tokens(sentence);
        StreamState before = slot == null ? fresh : stateBefore(slot, record.timestamp());
        TaggedText tagged = tag(tokens, sentence.beginsDocument() ? zero : before.hidden());
        StreamState after = before.next(tokens.size(), record.timestamp(), tagged.next());
        EventSource source = new EventSource(at.topic(), at.partition(), at.offset());
        List<byte[]> values = encode(new OutgoingSentence(
                sentence.sentenceId().isEmpty() ? source.id() : sentence.sentenceId(),
                slot == null ? 0 : after.sequence(),
                parts.model().id(),
                source,
                settings.includeText() ? sentence.text() : null,
                tagged.tokens(),
                slot == null ? null : tagged.next().digest()));
        checkSizes(id, values, record.headers());
        if (slot != null) {
            byte[] state = codec.encode(after);
            checkSize(slot.key(), state);
            slot.store().put(slot.key(), state);
        }
        for (byte[] value : values) {
            context.forward(new Record<>(id, value, record.timestamp(), record.headers()));
        }
        metrics.tagged(tokens.size());
    }

    private IncomingSentence decode(byte[] value) {
        try {
            return decoder.decode(value);
        } catch (UndecodableEventException e) {
            throw new BadRecordException(e.getMessage());
        }
    }

    private List<Token> tokens(IncomingSentence sentence) {
        List<String> forms = sentence.tokens();
        if (forms != null) {
            checkCount(forms.size());
            return forms.stream().map(Token::of).toList();
        }
        String text = sentence.text();
        List<Token> tokens = text == null ? List.of() : tokenizer.tokenize(text);
        checkCount(tokens.size());
        return tokens;
    }

    private void checkCount(int tokens) {
        if (tokens > settings.maxTokens()) {
            throw new BadRecordException("the sentence has " + tokens + " tokens, more than " + settings.maxTokens()
                    + ": cut it, or raise --max-tokens");
        }
    }

    private TaggedText tag(List<Token> tokens, HiddenState state) {
        try {
            return tagger.tag(tokens, state);
        } catch (UntaggableSentenceException e) {
            throw new BadRecordException(e.getMessage());
        }
    }

    private List<byte[]> encode(OutgoingSentence sentence) {
        try {
            return encoder.encode(sentence);
        } catch (IllegalArgumentException e) {
            // The encoder's word for a sentence that its format cannot say.
            throw new BadRecordException("the tagged sentence cannot be written: " + e.getMessage());
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
        if (ttl > 0 && state.lastEventTime() < eventTime && eventTime - state.lastEventTime() > ttl) {
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
                throw new BadRecordException("the tagged sentence takes " + size + " bytes, more than the "
                        + limits.output() + " that the output topic takes: cut it, or raise --max-record-bytes");
            }
        }
    }

    private void evict(StateEviction eviction, long partitionTime) {
        int evicted = eviction.scan(partitionTime, context.currentSystemTimeMs());
        if (evicted > 0) {
            metrics.evicted(evicted);
            LOG.info("task {} removed {} expired states", context.taskId(), evicted);
        }
    }

    @Override
    public void close() {
        metrics.close();
        tagger.close();
    }
}
