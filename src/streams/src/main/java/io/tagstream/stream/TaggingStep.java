package io.tagstream.stream;

import io.tagstream.event.SentenceEvent;
import io.tagstream.infer.TaggerModel;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * A step of a Kafka Streams topology that tags sentences and keeps one hidden state per key. In the DSL:
 *
 * <pre>{@code
 * TaggingStep<String, String> step = TaggingStep.named("tagger", model).ofText(Serdes.String());
 * KStream<String, TaggingResult> results = step.addTo(chats);
 * results.filter((chat, result) -> result.isTagged(), Named.as("tagged"))
 *         .mapValues(TaggingResult::sentence, Named.as("sentences"))
 *         .to("tagged-chats", Produced.with(Serdes.String(), taggedSentences));
 * }</pre>
 *
 * <p>With processors: {@code topology.addProcessor(step.name(), step, "source")}. The step brings its state store either way.
 *
 * <p>Records with the same key are one stream. A record without a value ends its stream: the state is deleted, and nothing goes out. Each
 * other record gives one {@link TaggingResult} with the key, the timestamp and the headers of the record. A bad record is a value. The step throws
 * only where no record is to blame ({@link io.tagstream.infer.InferenceException}, {@link ForeignStateException}), and has then stored nothing.
 *
 * <p>What the step checks before the first record, each with one sentence in an {@link InvalidSettingException}: that the application runs
 * with {@code exactly_once_v2} (with less, a crash gives a sentence twice, the second time from a later state), that no handler turns a failure of the
 * step into a skipped record, that the store has a changelog, and that no other step has its name.
 *
 * <p>What it cannot check, and what to do:
 *
 * <ul>
 *   <li>Partitioning: the records of a stream must be in one partition, in their order. Where the key changes before the step, call
 *       {@code repartition} in between.
 *   <li>Serdes after the step: a serializer that fails in the sink fails after the state has moved. Let the application stop then, do not
 *       continue; {@code mapValues} cannot fail where it only picks fields.
 *   <li>Record sizes: a producer that meets a record larger than {@code max.request.size} or the topic's {@code max.message.bytes} aborts the
 *       transaction, again and again. Set both for {@link TaggingSettings#maxTokens}; a token takes about 200 bytes as JSON.
 *   <li>A custom {@code processing.exception.handler} must fail where {@code processorNodeId} is the name of the step.
 *   <li>Positions and topics: that offsets are not reset to where the state was not, and that input topics are not deleted or emptied under
 *       the application.
 *   <li>Memory: set {@code rocksdb.config.setter} to {@link io.tagstream.state.BoundedRocksDb}, or to a bound of your own.
 * </ul>
 *
 * <p>The model is the caller's: close it after the application. A step is immutable and for any thread.
 *
 * @param <K> the type of the key
 * @param <V> the type of the value, see {@link Builder}
 */
public final class TaggingStep<K, V> implements ProcessorSupplier<K, V, K, TaggingResult> {
    /** What is put after the name of a step for its store, where none is given. */
    public static final String STORE_SUFFIX = "-states";

    private final StepProcessor.Parts<K, V> parts;
    private final StoreBuilder<KeyValueStore<Bytes, byte[]>> store;

    private TaggingStep(StepProcessor.Parts<K, V> parts, StoreBuilder<KeyValueStore<Bytes, byte[]>> store) {
        this.parts = parts;
        this.store = store;
    }

    /**
     * A step to be set, with {@link TaggingSettings#DEFAULT}.
     *
     * @param name names the processor, and tags the step's metrics
     * @param model an open model
     * @throws InvalidSettingException if the name is no name of a processor, or the model names a tokenizer that is not known
     */
    public static Builder named(String name, TaggerModel model) {
        return new Builder(name, model);
    }

    /** The name of the processor. */
    public String name() {
        return parts.step();
    }

    /** The name of the store; its changelog is {@code <application id>-<store>-changelog}. */
    public String storeName() {
        return store.name();
    }

    /** Puts the step behind a stream of the DSL, under its {@link #name}. */
    public KStream<K, TaggingResult> addTo(KStream<K, V> stream) {
        return stream.process(this, Named.as(name()));
    }

    @Override
    public Processor<K, V, K, TaggingResult> get() {
        return new StepProcessor<>(parts);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
    }

    /** Sets a step. Belongs to one thread. */
    public static final class Builder {
        private final String name;
        private final TaggerModel model;
        private TaggingSettings tagging = TaggingSettings.DEFAULT;
        private Supplier<Tokenizer> tokenizer;
        private KeyValueBytesStoreSupplier bytes;
        private Map<String, String> changelog = Map.of();

        private Builder(String name, TaggerModel model) {
            requireName(name, "step");
            this.name = name;
            this.model = model;
            String known = model.contract().tokenizer();
            try {
                Tokenizers.named(known);
            } catch (IllegalArgumentException e) {
                throw new InvalidSettingException("the model " + model.id() + " cannot be used: " + e.getMessage());
            }
            this.tokenizer = () -> Tokenizers.named(known);
            this.bytes = Stores.persistentKeyValueStore(name + STORE_SUFFIX);
        }

        private static void requireName(String name, String what) {
            if (!name.matches("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,200}")) {
                throw new InvalidSettingException("the name of a " + what
                        + " must be 1 to 200 letters, digits, '.', '_' and '-', got '" + name + "'");
            }
        }

        public Builder settings(TaggingSettings settings) {
            this.tagging = settings;
            return this;
        }

        /** Names the store; unless it is called: the name of the step with {@code -states}. */
        public Builder store(String name) {
            requireName(name, "store");
            return store(Stores.persistentKeyValueStore(name));
        }

        /** Another kind of store, as {@code Stores.inMemoryKeyValueStore(name)}. It always has a changelog. */
        public Builder store(KeyValueBytesStoreSupplier store) {
            requireName(store.name(), "store");
            this.bytes = store;
            return this;
        }

        /** Settings of the changelog topic, as {@code min.insync.replicas}. */
        public Builder changelog(Map<String, String> topicSettings) {
            this.changelog = Map.copyOf(topicSettings);
            return this;
        }

        /** Another tokenizer than the model names; asked once for each task. */
        public Builder tokenizer(Supplier<Tokenizer> tokenizer) {
            this.tokenizer = tokenizer;
            return this;
        }

        /** The value is the text of a sentence. */
        public <K> TaggingStep<K, String> ofText(Serde<K> keys) {
            return ofText(keys, text -> text);
        }

        /** The text of a sentence lies in the value; null is a bad record. */
        public <K, V> TaggingStep<K, V> ofText(Serde<K> keys, Function<? super V, @Nullable String> text) {
            return ofEvents(keys, value -> new SentenceEvent("", text.apply(value), null, false));
        }

        /** The value is a sentence event. */
        public <K> TaggingStep<K, SentenceEvent> ofEvents(Serde<K> keys) {
            return ofEvents(keys, event -> event);
        }

        /**
         * A sentence event is made from the value.
         *
         * @param sentences a pure function; a {@link BadRecordException} that it throws makes a bad record, anything else fails the thread
         */
        public <K, V> TaggingStep<K, V> ofEvents(
                Serde<K> keys, Function<? super V, @Nullable SentenceEvent> sentences) {
            return new TaggingStep<>(
                    new StepProcessor.Parts<>(
                            name, bytes.name(), model, tagging, tokenizer, keys.serializer(), sentences),
                    // Without a cache: the state of a stream rarely comes twice within a commit.
                    Stores.keyValueStoreBuilder(bytes, Serdes.Bytes(), Serdes.ByteArray())
                            .withCachingDisabled()
                            .withLoggingEnabled(changelog));
        }
    }
}
