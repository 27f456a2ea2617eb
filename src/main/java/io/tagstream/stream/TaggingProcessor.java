package io.tagstream.stream;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.UntaggableSentenceException;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.wire.EventDecoder;
import io.tagstream.wire.EventEncoder;
import io.tagstream.wire.IncomingSentence;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.StreamKey;
import io.tagstream.wire.UndecodableEventException;
import java.util.List;
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
 * Tags one record: decode, tokenize, tag from the stream's stored state, encode, check the sizes; and only when nothing can fail
 * any more for this record, store the new state and forward the bytes. An exception does not undo what was stored, so a record that
 * fails must fail before.
 *
 * <p>Belongs to one task, one thread at a time. Kafka Streams may call {@link #init} again after {@link #close}.
 */
final class TaggingProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(TaggingProcessor.class);
    private final StreamSettings settings;
    private final TaggingParts parts;
    private final SizeLimits limits;
    private final InputTracking input;
    private final HiddenState zero;
    private final StreamStateCodec codec;
    private final long ttl;

    // What lives from init to close.
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<byte[], byte[]> context;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> store;

    /** Null where states do not expire. */
    private @Nullable StateEviction eviction;

    @SuppressWarnings("NullAway.Init")
    private PositionKeeper positions;

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

    TaggingProcessor(StreamSettings settings, TaggingParts parts, SizeLimits limits, InputTracking input) {
        this.settings = settings;
        this.parts = parts;
        this.limits = limits;
        this.input = input;
        this.zero = HiddenState.zero(parts.model().contract());
        this.codec = new StreamStateCodec(parts.model().fingerprint(), zero);
        this.ttl = settings.stateTtl().toMillis();
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        this.context = context;
        store = context.getStateStore(StreamNames.STORE);
        tokenizer = parts.tokenizer().get();
        decoder = parts.decoder().get();
        encoder = parts.encoder().get();
        positions = new PositionKeeper(context.getStateStore(StreamNames.POSITIONS), input);
        metrics = new TaggingMetrics(context.metrics(), context.taskId(), input);
        tagger = parts.model().newTagger();
        eviction = ttl > 0 ? new StateEviction(store, settings.stateTtl()) : null;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata at = context.recordMetadata().orElse(null);
        if (at != null && !positions.advance(at.topic(), at.partition(), at.offset())) {
            metrics.skipped();
            return;
        }
        try {
            tag(record);
        } catch (BadRecordException e) {
            metrics.deadLetter();
            throw e;
        }
        evict(record.timestamp());
    }

    private void tag(Record<byte[], byte[]> record) {
        checkKey(record.key());
        Bytes key = Bytes.wrap(record.key());
        if (record.value() == null) {
            store.delete(key);
            return;
        }
        IncomingSentence sentence = decode(record.value());
        List<Token> tokens = tokens(sentence);
        long eventTime = EventTime.counted(record.timestamp());
        StreamState before = stateBefore(key, eventTime);
        TaggedText tagged = tag(tokens, sentence.beginsDocument() ? zero : before.hidden());
        StreamState after = before.next(tokens.size(), eventTime, tagged.next());
        List<byte[]> values = encode(new OutgoingSentence(
                sentence.sentenceId(),
                after.sequence(),
                parts.model().id(),
                tagged.tokens(),
                tagged.next().digest()));
        byte[] state = codec.encode(after);
        checkSizes(record, values, state);

        store.put(key, state);
        for (byte[] value : values) {
            context.forward(record.withValue(value));
        }
        metrics.tagged(tokens.size());
    }

    private static void checkKey(byte @Nullable [] key) {
        try {
            StreamKey.decode(key);
        } catch (UndecodableEventException e) {
            throw new BadRecordException(e.getMessage());
        }
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
    private StreamState stateBefore(Bytes key, long eventTime) {
        byte[] stored = store.get(key);
        if (stored == null) {
            return StreamState.begin(zero);
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
            return StreamState.begin(zero);
        }
        return state;
    }

    private StreamState reset(UnusableStateException cause) {
        String where = context.recordMetadata()
                .map(at -> at.topic() + "-" + at.partition() + "@" + at.offset())
                .orElse("a record");
        if (settings.foreignState() == ForeignStatePolicy.FAIL) {
            throw new ForeignStateException("the stored state of the stream of " + where + " cannot be used: "
                    + cause.getMessage() + "; run the model that it belongs to, or choose the policy reset");
        }
        LOG.warn("the state of the stream of {} is reset: {}", where, cause.getMessage());
        metrics.stateReset();
        UnusableStateException.Counts counts = cause.counts();
        return counts == null
                ? StreamState.begin(zero)
                : new StreamState(counts.sequence(), counts.tokensSeen(), counts.lastEventTime(), zero);
    }

    private void checkSizes(Record<byte[], byte[]> record, List<byte[]> values, byte[] state) {
        long stateSize = SizeLimits.OVERHEAD + (long) record.key().length + state.length;
        if (stateSize > limits.state()) {
            throw new BadRecordException("the state with the key of " + record.key().length + " bytes takes "
                    + stateSize + " bytes, more than the " + limits.state()
                    + " that its change log takes: use shorter keys");
        }
        for (byte[] value : values) {
            long size = SizeLimits.size(record.key(), value, record.headers());
            if (size > limits.output()) {
                throw new BadRecordException("the tagged sentence takes " + size + " bytes, more than the "
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
        tagger.close();
    }
}
