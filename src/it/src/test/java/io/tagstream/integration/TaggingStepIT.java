package io.tagstream.integration;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.event.TaggedSentence;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.state.BoundedRocksDb;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.stream.TaggingResult;
import io.tagstream.stream.TaggingStep;
import io.tagstream.text.Token;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The step in the application of somebody else, on a real broker. */
@Timeout(120)
class TaggingStepIT {
    private static final int STREAMS = 5;
    private static final int SENTENCES = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> WORDS = List.of("I", "eat", "apple", "work", "at", "NASA", ".");

    private static EmbeddedBroker broker;
    private static TaggerModel model;
    private static TaggerModel other;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().lookAhead(1).open();
        other = TinyModels.lstm().seed(99).open();
    }

    @AfterAll
    static void stop() {
        other.close();
        model.close();
        broker.close();
    }

    @Test
    void shouldTagExactlyOnceWithTwoModelsWhereTheHostFailsAndRestores() throws Exception {
        create("exact-in", "exact-first", "exact-second");
        AtomicInteger seen = new AtomicInteger();
        List<List<String>> chats = new ArrayList<>();
        for (int i = 0; i < 2 * SENTENCES; i++) {
            chats.add(List.of(WORDS.get(i % WORDS.size()), WORDS.get(i * 3 % WORDS.size())));
        }
        Host host = new Host();

        send("exact-in", chats.subList(0, SENTENCES));
        try (KafkaStreams streams = host.start(properties("exact"), twoModels(seen))) {
            awaitRecords("exact-first", STREAMS * SENTENCES);
            awaitRecords("exact-second", STREAMS * SENTENCES);
            assertThat(host.failures).hasValue(1);
            streams.close(PATIENCE);
            streams.cleanUp(); // what follows comes from the changelog
        }
        host.restored.clear();
        send("exact-in", chats.subList(SENTENCES, 2 * SENTENCES));
        try (KafkaStreams streams = host.start(properties("exact"), twoModels(seen))) {
            awaitRecords("exact-first", 2 * STREAMS * SENTENCES);
            awaitRecords("exact-second", 2 * STREAMS * SENTENCES);
            streams.close(PATIENCE);
        }

        assertThat(host.restored).containsKeys("first-states", "second-states");
        assertThat(host.consumers).hasPositiveValue();
        assertThat(read("exact-first")).isEqualTo(expected(model, chats));
        assertThat(read("exact-second")).isEqualTo(expected(other, chats));
    }

    @Test
    void shouldBeRefusedByAHostThatRunsAtLeastOnce() throws Exception {
        create("loose-in", "loose-out");
        send("loose-in", List.of(List.of("I")));
        StreamsBuilder builder = new StreamsBuilder();
        shown(step("first", model).addTo(builder.stream("loose-in", strings()))).to("loose-out", sink());
        Properties properties = properties("loose");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);

        AtomicReference<Throwable> failure = new AtomicReference<>();
        try (KafkaStreams streams = new KafkaStreams(builder.build(), properties)) {
            streams.setUncaughtExceptionHandler(cause -> {
                failure.set(cause);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            streams.start();
            await().atMost(PATIENCE).until(() -> streams.state() == KafkaStreams.State.ERROR);
        }

        assertThat(failure.get())
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("the step first needs processing.guarantee=exactly_once_v2, got at_least_once");
        assertThat(KafkaRecords.readCommitted(broker.bootstrapServers(), "loose-out"))
                .isEmpty();
    }

    /** The first model's records fail once, in the midst of a transaction, behind the step: its state has moved by then. */
    private StreamsBuilder twoModels(AtomicInteger seen) {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> chats = builder.stream("exact-in", strings());
        shown(step("first", model).addTo(chats))
                .peek((key, value) -> {
                    if (seen.incrementAndGet() == STREAMS * SENTENCES / 2) {
                        throw new IllegalStateException("a fault of the host");
                    }
                })
                .to("exact-first", sink());
        shown(step("second", other).addTo(chats)).to("exact-second", sink());
        return builder;
    }

    private static TaggingStep<String, String> step(String name, TaggerModel model) {
        return TaggingStep.named(name, model).ofText(Serdes.String());
    }

    private static KStream<String, String> shown(KStream<String, TaggingResult> results) {
        return results.mapValues(result -> shown(result.orThrow()));
    }

    private static String shown(TaggedSentence sentence) {
        List<String> tags =
                sentence.getTokens().stream().map(token -> token.getTag()).toList();
        return sentence.getSequence() + " " + sentence.getStateDigest() + " " + tags;
    }

    /** A host with clients of its own and a listener of its own. */
    private static final class Host extends DefaultKafkaClientSupplier implements StateRestoreListener {
        private final AtomicInteger consumers = new AtomicInteger();
        private final AtomicInteger failures = new AtomicInteger();
        private final Map<String, Long> restored = new ConcurrentHashMap<>();

        KafkaStreams start(Properties properties, StreamsBuilder builder) {
            KafkaStreams streams = new KafkaStreams(builder.build(), properties, this);
            streams.setGlobalStateRestoreListener(this);
            streams.setUncaughtExceptionHandler(cause -> {
                failures.incrementAndGet();
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            });
            streams.start();
            return streams;
        }

        @Override
        public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
            consumers.incrementAndGet();
            return super.getConsumer(config);
        }

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long start, long end) {
            // The end says all.
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long records) {
            // The end says all.
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long records) {
            restored.merge(store, records, Long::sum);
        }
    }

    private Properties properties(String application) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        // The next host gets the partitions when the session of the one before ends.
        properties.put(StreamsConfig.consumerPrefix("session.timeout.ms"), 6000);
        properties.put(StreamsConfig.consumerPrefix("heartbeat.interval.ms"), 1000);
        return properties;
    }

    private static Consumed<String, String> strings() {
        return Consumed.with(Serdes.String(), Serdes.String());
    }

    private static Produced<String, String> sink() {
        return Produced.with(Serdes.String(), Serdes.String());
    }

    private static void create(String... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            List<NewTopic> created = new ArrayList<>();
            for (String topic : topics) {
                created.add(new NewTopic(topic, 2, (short) 1));
            }
            admin.createTopics(created).all().get();
        }
    }

    /** Each sentence to each stream. */
    private static void send(String topic, List<List<String>> sentences) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (List<String> sentence : sentences) {
            for (int stream = 0; stream < STREAMS; stream++) {
                records.add(new ProducerRecord<>(
                        topic,
                        ("chat-" + stream).getBytes(UTF_8),
                        String.join(" ", sentence).getBytes(UTF_8)));
            }
        }
        KafkaRecords.send(broker.bootstrapServers(), records);
    }

    private static void awaitRecords(String topic, int number) {
        await().atMost(PATIENCE)
                .until(() -> KafkaRecords.readCommitted(broker.bootstrapServers(), topic)
                                .size()
                        >= number);
    }

    private static Map<String, List<String>> read(String topic) {
        Map<String, List<String>> lines = new HashMap<>();
        KafkaRecords.readCommitted(broker.bootstrapServers(), topic)
                .forEach(record -> lines.computeIfAbsent(new String(record.key(), UTF_8), key -> new ArrayList<>())
                        .add(new String(record.value(), UTF_8)));
        return lines;
    }

    /** A loop without Kafka. */
    private static Map<String, List<String>> expected(TaggerModel model, List<List<String>> sentences) {
        List<String> lines = new ArrayList<>();
        HiddenState state = HiddenState.zero(model.contract());
        try (SentenceTagger tagger = model.newTagger()) {
            for (List<String> sentence : sentences) {
                TaggedText tagged = tagger.tag(sentence.stream().map(Token::of).toList(), state);
                state = tagged.next();
                lines.add((lines.size() + 1) + " " + state.digest() + " "
                        + tagged.tokens().stream().map(token -> token.tag()).toList());
            }
        }
        Map<String, List<String>> streams = new HashMap<>();
        for (int stream = 0; stream < STREAMS; stream++) {
            streams.put("chat-" + stream, lines);
        }
        return streams;
    }
}
