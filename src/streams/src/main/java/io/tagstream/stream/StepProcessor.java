package io.tagstream.stream;

import io.tagstream.event.SentenceEvent;
import io.tagstream.event.Source;
import io.tagstream.event.TaggedSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.state.EventTime;
import io.tagstream.state.StreamState;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.wire.IncomingSentence;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Tags one record for a {@link TaggingResult}. All that can fail for the record comes first; then the new state is stored and the result forwarded: an
 * exception does not undo what was stored.
 *
 * <p>Belongs to one task, one thread at a time. Kafka Streams may call {@link #init} again after {@link #close}.
 */
final class StepProcessor<K, V> implements Processor<K, V, K, TaggingResult> {
    private final Parts<K, V> parts;
    private final HiddenState zero;
    private final SentenceEvents events = new SentenceEvents();

    // What lives from init to close.
    @SuppressWarnings("NullAway.Init")
    private ProcessorContext<K, TaggingResult> context;

    private @Nullable TaggingMetrics metrics;
    private @Nullable SentenceTagging sentences;

    @SuppressWarnings("NullAway.Init")
    private Sensor badRecords;

    @SuppressWarnings("NullAway.Init")
    private StreamStates states;

    @SuppressWarnings("NullAway.Init")
    private String changelog;

    /** What a step is made of; the model is everybody's, and each task takes a tokenizer for itself. */
    record Parts<K, V>(
            String step,
            String store,
            TaggerModel model,
            TaggingSettings settings,
            Supplier<Tokenizer> tokenizer,
            Serializer<K> keys,
            Function<? super V, @Nullable SentenceEvent> sentences) {}

    StepProcessor(Parts<K, V> parts) {
        this.parts = parts;
        this.zero = HiddenState.zero(parts.model().contract());
    }

    @Override
    public void init(ProcessorContext<K, TaggingResult> context) {
        HostChecks.check(context, parts.step(), parts.store());
        this.context = context;
        TaggingMetrics counts = TaggingMetrics.ofStep(context.metrics(), context.taskId(), parts.step());
        metrics = counts;
        badRecords = counts.counter(TaggingMetrics.BAD_RECORDS, "records that could not be tagged");
        TaggingSettings settings = parts.settings();
        states = new StreamStates(
                context.getStateStore(parts.store()),
                context,
                counts,
                parts.model(),
                settings,
                settings.maxRecordBytes());
        sentences =
                new SentenceTagging(parts.model(), parts.tokenizer().get(), settings.maxTokens(), "raise maxTokens");
        changelog = context.applicationId() + "-" + parts.store() + "-changelog";
    }

    @Override
    public void process(Record<K, V> record) {
        TaggingResult result;
        try {
            result = tag(record);
        } catch (BadRecordException e) {
            badRecords.record(1);
            result = TaggingResult.bad(bad(record, String.valueOf(e.getMessage())));
        }
        if (result != null) {
            context.forward(record.withValue(result));
        }
        states.evict(record.timestamp());
    }

    /** Null where nothing goes out: the record ends its stream. */
    private @Nullable TaggingResult tag(Record<K, V> record) {
        Bytes key = key(record.key());
        if (record.value() == null) {
            states.delete(key);
            return null;
        }
        SentenceTagging tagging = sentences;
        TaggingMetrics counts = metrics;
        if (tagging == null || counts == null) {
            throw new IllegalStateException("the step " + parts.step() + " is closed");
        }
        IncomingSentence sentence = events.read(parts.sentences().apply(record.value()));
        List<Token> tokens = tagging.tokens(sentence);
        tagging.checkCount(tokens.size(), "the sentence has");
        long eventTime = EventTime.counted(record.timestamp());
        StreamState before = states.before(key, eventTime);
        TaggedText tagged = tagging.tag(tokens, sentence.beginsDocument() ? zero : before.hidden());
        StreamState after = before.next(tokens.size(), eventTime, tagged.next());
        byte[] state = states.encode(key, after);
        Source source = source();
        TaggedSentence out = SentenceEvents.tagged(
                id(sentence, source),
                after.sequence(),
                parts.model().id(),
                source,
                tagged.tokens(),
                tagged.next().digest());
        states.put(key, state);
        counts.tagged(1, tokens.size());
        return TaggingResult.tagged(out);
    }

    private Bytes key(@Nullable K key) {
        byte[] bytes = key == null ? null : parts.keys().serialize(changelog, key);
        if (bytes == null || bytes.length == 0) {
            throw new BadRecordException((bytes == null ? "the record has no key" : "the key of the record is empty")
                    + ": set the key to the id of the stream");
        }
        return Bytes.wrap(bytes);
    }

    private static String id(IncomingSentence sentence, @Nullable Source source) {
        if (!sentence.sentenceId().isEmpty() || source == null) {
            return sentence.sentenceId();
        }
        return source.getTopic() + "-" + source.getPartition() + "-" + source.getOffset();
    }

    private @Nullable Source source() {
        return context.recordMetadata()
                .map(at -> new Source(at.topic(), at.partition(), at.offset()))
                .orElse(null);
    }

    private BadRecord bad(Record<K, V> record, String cause) {
        return context.recordMetadata()
                .map(at -> new BadRecord(cause, at.topic(), at.partition(), at.offset(), record.key(), record.value()))
                .orElseGet(() -> new BadRecord(cause, "", -1, -1, record.key(), record.value()));
    }

    @Override
    public void close() {
        // Kafka Streams also closes what a check in init has refused.
        if (metrics != null) {
            metrics.close();
            metrics = null;
        }
        if (sentences != null) {
            sentences.close();
            sentences = null;
            states.close();
        }
    }
}
