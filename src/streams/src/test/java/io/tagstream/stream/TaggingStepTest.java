package io.tagstream.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.event.SentenceEvent;
import io.tagstream.event.TaggedSentence;
import io.tagstream.event.TaggedToken;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.LogAndContinueProcessingExceptionHandler;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The step in topologies as others write them, compared with a loop without Kafka. */
class TaggingStepTest {
    private static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00Z");
    private static final String IN = "chats";
    private static final String OUT = "tagged-chats";
    private static final String BAD = "bad-chats";

    private static TaggerModel model;
    private static TaggerModel other;

    @TempDir
    private Path directory;

    @BeforeAll
    static void open() {
        model = TinyModels.lstm().lookAhead(1).open();
        other = TinyModels.lstm().seed(99).open();
    }

    @AfterAll
    static void close() {
        model.close();
        other.close();
    }

    @Test
    void shouldTagTextInTheDsl() {
        StreamsBuilder builder = new StreamsBuilder();
        TaggingStep<String, String> step = TaggingStep.named("tagger", model).ofText(Serdes.String());
        show(step.addTo(builder.stream(IN, strings())), OUT, BAD);

        try (TopologyTestDriver driver = driver(builder.build())) {
            send(driver, IN, "a", "I eat");
            send(driver, IN, "b", "I work");
            send(driver, IN, "a", "apple .");

            assertThat(read(driver, OUT))
                    .containsExactly(
                            "a 1 " + expected(model, List.of("I", "eat")).get(0),
                            "b 1 " + expected(model, List.of("I", "work")).get(0),
                            "a 2 "
                                    + expected(model, List.of("I", "eat"), List.of("apple", "."))
                                            .get(1));
            assertThat(read(driver, BAD)).isEmpty();
            assertThat(count(driver, TaggingMetrics.SENTENCES, "tagger")).isEqualTo(3);
            assertThat(count(driver, TaggingMetrics.TOKENS, "tagger")).isEqualTo(6);
            assertThat(states(driver, "tagger-states")).hasSize(2);
        }
    }

    @Test
    void shouldTagEventsInTheProcessorApi() {
        TaggingStep<String, String> step =
                TaggingStep.named("tagger", model).store("my-states").ofEvents(Serdes.String(), TaggingStepTest::event);
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), IN)
                .addProcessor(step.name(), step, "source")
                .addProcessor("shown", shown(), step.name())
                .addSink("sink", OUT, new StringSerializer(), new StringSerializer(), "shown");

        try (TopologyTestDriver driver = driver(topology)) {
            send(driver, IN, "a", "1:I eat");
            send(driver, IN, "a", "!2:apple");
            send(driver, IN, "a", null);
            send(driver, IN, "a", "3:apple");

            String fresh = expected(model, List.of("apple")).get(0);
            assertThat(read(driver, OUT))
                    .containsExactly(
                            "1 1 " + expected(model, List.of("I", "eat")).get(0), "2 2 " + fresh, "3 1 " + fresh);
            assertThat(states(driver, "my-states")).containsOnlyKeys("a");
        }
    }

    @Test
    void shouldGiveBadRecordsAsValuesAlsoAsTheFirst() {
        StreamsBuilder builder = new StreamsBuilder();
        TaggingSettings settings = TaggingSettings.DEFAULT.withMaxTokens(3);
        TaggingStep<String, String> step =
                TaggingStep.named("tagger", model).settings(settings).ofText(Serdes.String());
        show(step.addTo(builder.stream(IN, strings())), OUT, BAD);

        try (TopologyTestDriver driver = driver(builder.build())) {
            send(driver, IN, "a", "one two three four");
            send(driver, IN, null, "I eat");
            send(driver, IN, "a", "I eat");

            assertThat(read(driver, BAD))
                    .containsExactly(
                            "chats-0@0 a: the sentence has 4 tokens, more than 3: cut it, or raise maxTokens",
                            "chats-0@1 null: the record has no key: set the key to the id of the stream");
            assertThat(read(driver, OUT))
                    .containsExactly(
                            "a 1 " + expected(model, List.of("I", "eat")).get(0));
            assertThat(count(driver, TaggingMetrics.BAD_RECORDS, "tagger")).isEqualTo(2);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // does not see in class files that the function may give null
    void shouldCallBadWhatHasNoFormInAnyFormatAndWhatTheFunctionRefuses() {
        TaggingStep<String, SentenceEvent> step =
                TaggingStep.named("tagger", model).ofEvents(Serdes.String());
        List<String> causes = new ArrayList<>();
        for (SentenceEvent event : List.of(
                new SentenceEvent("", null, null, false),
                new SentenceEvent("", "I", List.of("I"), false),
                new SentenceEvent("", null, List.of("I", ""), false),
                new SentenceEvent("", "\uD83C", null, false))) {
            causes.add(cause(step, event));
        }
        causes.add(cause(
                TaggingStep.named("tagger", model).ofEvents(Serdes.String(), text -> {
                    throw new BadRecordException("no chat");
                }),
                "I"));
        causes.add(cause(TaggingStep.named("tagger", model).ofText(Serdes.String(), text -> null), "I"));

        assertThat(causes)
                .containsExactly(
                        "neither text nor tokens is set: set exactly one of them",
                        "both text and tokens are set: set exactly one of them",
                        "token 1 (from 0) is empty: give every token at least one character",
                        "the text has an unpaired surrogate, and so no UTF-8 form",
                        "no chat",
                        "neither text nor tokens is set: set exactly one of them");
    }

    @Test
    void shouldStoreNothingForARecordThatNoOneIsToBlameFor() {
        StreamsBuilder builder = new StreamsBuilder();
        List<String> failing = new ArrayList<>(List.of("eat"));
        TaggingStep<String, String> step = TaggingStep.named("tagger", model).ofText(Serdes.String(), text -> {
            if (failing.remove(text)) {
                throw new IllegalStateException("the dictionary is unreachable");
            }
            return text;
        });
        show(step.addTo(builder.stream(IN, strings())), OUT, BAD);

        try (TopologyTestDriver driver = driver(builder.build())) {
            send(driver, IN, "a", "I");
            assertThatThrownBy(() -> send(driver, IN, "a", "eat")).hasRootCauseMessage("the dictionary is unreachable");
            assertThat(read(driver, OUT)).hasSize(1);
            assertThat(read(driver, BAD)).isEmpty();
        }
    }

    @Test
    void shouldRunTwoModelsInOneTopology() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> chats = builder.stream(IN, strings());
        show(TaggingStep.named("first", model).ofText(Serdes.String()).addTo(chats), OUT, BAD);
        show(TaggingStep.named("second", other).ofText(Serdes.String()).addTo(chats), "other-" + OUT, "other-" + BAD);

        try (TopologyTestDriver driver = driver(builder.build())) {
            send(driver, IN, "a", "I eat");
            send(driver, IN, "a", "apple");

            List<String> first = expected(model, List.of("I", "eat"), List.of("apple"));
            List<String> second = expected(other, List.of("I", "eat"), List.of("apple"));
            assertThat(read(driver, OUT)).containsExactly("a 1 " + first.get(0), "a 2 " + first.get(1));
            assertThat(read(driver, "other-" + OUT)).containsExactly("a 1 " + second.get(0), "a 2 " + second.get(1));
            assertThat(first).isNotEqualTo(second);
            assertThat(count(driver, TaggingMetrics.SENTENCES, "first")).isEqualTo(2);
            assertThat(count(driver, TaggingMetrics.SENTENCES, "second")).isEqualTo(2);
            assertThat(driver.getAllStateStores()).containsOnlyKeys("first-states", "second-states");
        }
    }

    @Test
    void shouldRefuseTwoStepsOfOneName() {
        StreamsBuilder builder = new StreamsBuilder();
        KStream<String, String> chats = builder.stream(IN, strings());
        TaggingStep<String, String> first = TaggingStep.named("tagger", model).ofText(Serdes.String());
        TaggingStep<String, String> second =
                TaggingStep.named("tagger", other).store("others").ofText(Serdes.String());
        show(chats.process(first, Named.as("one")), OUT, BAD);
        show(chats.process(second, Named.as("two")), "other-" + OUT, "other-" + BAD);

        assertRefused(builder.build(), properties(), "two steps are named tagger: give each its own name");

        StreamsBuilder same = new StreamsBuilder();
        KStream<String, String> stream = same.stream(IN, strings());
        show(first.addTo(stream), OUT, BAD);
        show(second.addTo(stream), "other-" + OUT, "other-" + BAD);
        assertThatThrownBy(same::build).hasMessageContaining("tagger is already added");
    }

    @Test
    void shouldRefuseAHostWithoutExactlyOnce() {
        Properties properties = properties();
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        String sentence = "the step tagger needs processing.guarantee=exactly_once_v2, got at_least_once:"
                + " with less, output and state can differ after a crash";

        assertRefused(text(), properties, sentence);
        properties.remove(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "another"); // the driver leaves the first one's store open
        assertRefused(text(), properties, sentence);
    }

    @Test
    void shouldRefuseAHandlerThatSkipsWhatFails() {
        Properties properties = properties();
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                LogAndContinueProcessingExceptionHandler.class);

        assertRefused(
                text(),
                properties,
                "the step tagger needs a processing.exception.handler that fails, got "
                        + LogAndContinueProcessingExceptionHandler.class.getName()
                        + ": it would skip records that are not bad when the model or the store fails");
    }

    @Test
    void shouldRefuseAStoreWithoutAChangelog() {
        TaggingStep<String, String> step = TaggingStep.named("tagger", model).ofText(Serdes.String());
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), IN)
                .addProcessor("tagger", () -> step.get(), "source") // without its stores()
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore(step.storeName()),
                                        Serdes.Bytes(),
                                        Serdes.ByteArray())
                                .withLoggingDisabled(),
                        "tagger");

        assertRefused(
                topology,
                properties(),
                "the step tagger needs a changelog for its store tagger-states, but it has none: let the step bring its"
                        + " store");
    }

    @Test
    void shouldRefuseNamesAndSettingsWhereTheStepIsBuilt() {
        assertThatThrownBy(() -> TaggingStep.named("a step", model))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("the name of a step must be 1 to 200 letters, digits, '.', '_' and '-', got 'a step'");
        assertThatThrownBy(() -> TaggingSettings.DEFAULT.withMaxTokens(0))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("maxTokens must be at least 1, got 0");
        assertThatThrownBy(() -> TaggingSettings.DEFAULT.withMaxRecordBytes(1))
                .hasMessage("maxRecordBytes must be at least 16384, got 1");
        assertThatThrownBy(() -> TaggingSettings.DEFAULT.withStateTtl(Duration.ofMillis(-1)))
                .hasMessage("stateTtl must not be negative, got PT-0.001S");
    }

    @Test
    void shouldWarnOnceATaskAboutStatesOfAnotherModel() {
        Map<String, byte[]> states;
        try (TopologyTestDriver driver = driver(text())) {
            for (int i = 0; i < 50; i++) {
                send(driver, IN, "chat-" + i, "I eat");
            }
            states = states(driver, "tagger-states");
        }
        StreamsBuilder builder = new StreamsBuilder();
        show(TaggingStep.named("tagger", other).ofText(Serdes.String()).addTo(builder.stream(IN, strings())), OUT, BAD);
        try (Logs logs = Logs.capture()) {
            try (TopologyTestDriver driver = driver(builder.build())) {
                KeyValueStore<Bytes, byte[]> store = driver.getKeyValueStore("tagger-states");
                states.forEach((key, state) -> store.put(Bytes.wrap(key.getBytes(UTF_8)), state));
                for (int i = 0; i < 50; i++) {
                    send(driver, IN, "chat-" + i, "apple");
                }

                assertThat(read(driver, OUT)).hasSize(50).allMatch(line -> line.contains(" 2 "));
                assertThat(count(driver, TaggingMetrics.STATE_RESETS, "tagger")).isEqualTo(50);
            }
            assertThat(logs.lines().stream().filter(line -> line.startsWith("WARN io.tagstream")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains("task 0_0: the state of the stream of chats-0@0 is reset", "about 50 states");
            assertThat(logs.lines()).anyMatch(line -> line.contains("task 0_0 reset 50 states"));
        }
    }

    @Test
    void shouldKeepKeyTimestampAndHeaders() {
        StreamsBuilder builder = new StreamsBuilder();
        TaggingStep<String, String> step = TaggingStep.named("tagger", model)
                .store(Stores.inMemoryKeyValueStore("in-memory"))
                .changelog(Map.of("min.insync.replicas", "2"))
                .ofText(Serdes.String());
        show(step.addTo(builder.stream(IN, strings())), OUT, BAD);

        try (TopologyTestDriver driver = driver(builder.build())) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("trace", new byte[] {7});
            driver.createInputTopic(IN, new StringSerializer(), new StringSerializer())
                    .pipeInput(new TestRecord<>("a", "I eat", headers, 1234L));

            TestRecord<String, String> out = driver.createOutputTopic(
                            OUT, new StringDeserializer(), new StringDeserializer())
                    .readRecord();
            assertThat(out.key()).isEqualTo("a");
            assertThat(out.timestamp()).isEqualTo(1234L);
            assertThat(out.headers().lastHeader("trace").value()).containsExactly(7);
        }
    }

    private Topology text() {
        StreamsBuilder builder = new StreamsBuilder();
        show(TaggingStep.named("tagger", model).ofText(Serdes.String()).addTo(builder.stream(IN, strings())), OUT, BAD);
        return builder.build();
    }

    private void assertRefused(Topology topology, Properties properties, String sentence) {
        assertThatThrownBy(() -> new TopologyTestDriver(topology, properties, CLOCK))
                .isInstanceOf(StreamsException.class)
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage(sentence);
    }

    private <V> String cause(TaggingStep<String, V> step, V value) {
        List<TaggingResult> results = new ArrayList<>();
        Topology topology = new Topology()
                .addSource("source", new StringDeserializer(), new StringDeserializer(), IN)
                .addProcessor("values", given(value), "source")
                .addProcessor(step.name(), step, "values")
                .addProcessor("results", collect(results), step.name());
        try (TopologyTestDriver driver = driver(topology)) {
            send(driver, IN, "a", "start");
        }
        assertThat(results).hasSize(1);
        assertThat(results.get(0).bad().value()).isSameAs(value);
        return results.get(0).bad().cause();
    }

    private static <V> ProcessorSupplier<String, String, String, V> given(V value) {
        return () -> new Processor<>() {
            private @Nullable ProcessorContext<String, V> context;

            @Override
            public void init(ProcessorContext<String, V> context) {
                this.context = context;
            }

            @Override
            public void process(Record<String, String> record) {
                if (context != null) {
                    context.forward(record.withValue(value));
                }
            }
        };
    }

    private static ProcessorSupplier<String, TaggingResult, Void, Void> collect(List<TaggingResult> results) {
        return () -> record -> results.add(record.value());
    }

    private static ProcessorSupplier<String, TaggingResult, String, String> shown() {
        return () -> new Processor<>() {
            private @Nullable ProcessorContext<String, String> context;

            @Override
            public void init(ProcessorContext<String, String> context) {
                this.context = context;
            }

            @Override
            public void process(Record<String, TaggingResult> record) {
                if (context != null) {
                    context.forward(record.withValue(shown(
                            record.value().orThrow().getSentenceId(),
                            record.value().orThrow())));
                }
            }
        };
    }

    /** {@code 1:text}, or {@code !1:text} where a document begins. */
    private static SentenceEvent event(String value) {
        boolean begins = value.startsWith("!");
        int colon = value.indexOf(':');
        return new SentenceEvent(
                value.substring(begins ? 1 : 0, colon),
                null,
                List.of(value.substring(colon + 1).split(" ", -1)),
                begins);
    }

    /** What a host does with the results: both kinds into topics of their own. */
    private static void show(KStream<String, TaggingResult> results, String out, String bad) {
        results.split(Named.as(out + "-"))
                .branch(
                        (key, result) -> result.isTagged(),
                        Branched.withConsumer(tagged -> tagged.mapValues(
                                        (key, result) -> shown(key, result.sentence()), Named.as(out + "-shown"))
                                .to(
                                        out,
                                        Produced.<String, String>with(Serdes.String(), Serdes.String())
                                                .withName(out + "-sink"))))
                .defaultBranch(Branched.withConsumer(rest -> rest.mapValues(
                                result -> shown(result.bad()), Named.as(bad + "-shown"))
                        .to(
                                bad,
                                Produced.<String, String>with(Serdes.String(), Serdes.String())
                                        .withName(bad + "-sink"))));
    }

    private static String shown(BadRecord bad) {
        return bad.topic() + "-" + bad.partition() + "@" + bad.offset() + " " + bad.key() + ": " + bad.cause();
    }

    private static String shown(String key, TaggedSentence sentence) {
        StringBuilder line = new StringBuilder(key + " " + sentence.getSequence() + " " + sentence.getStateDigest());
        for (TaggedToken token : sentence.getTokens()) {
            line.append(' ').append(token.getForm()).append('/').append(token.getTag());
        }
        return line.toString();
    }

    /** A loop without Kafka over the sentences of one stream. */
    @SafeVarargs
    private static List<String> expected(TaggerModel model, List<String>... sentences) {
        List<String> lines = new ArrayList<>();
        HiddenState state = HiddenState.zero(model.contract());
        try (SentenceTagger tagger = model.newTagger()) {
            for (List<String> sentence : sentences) {
                TaggedText tagged = tagger.tag(sentence.stream().map(Token::of).toList(), state);
                state = tagged.next();
                StringBuilder line = new StringBuilder(state.digest());
                for (TokenTags token : tagged.tokens()) {
                    line.append(' ').append(token.token().form()).append('/').append(token.tag());
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "host");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        return properties;
    }

    private TopologyTestDriver driver(Topology topology) {
        return new TopologyTestDriver(topology, properties(), CLOCK);
    }

    private static Consumed<String, String> strings() {
        return Consumed.with(Serdes.String(), Serdes.String());
    }

    private static void send(TopologyTestDriver driver, String topic, @Nullable String key, @Nullable String value) {
        driver.createInputTopic(topic, new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), CLOCK.toEpochMilli()));
    }

    private static List<String> read(TopologyTestDriver driver, String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new StringDeserializer())
                .readValuesToList();
    }

    private static Map<String, byte[]> states(TopologyTestDriver driver, String store) {
        Map<String, byte[]> states = new HashMap<>();
        KeyValueStore<Bytes, byte[]> bytes = driver.getKeyValueStore(store);
        try (var all = bytes.all()) {
            all.forEachRemaining(entry -> states.put(new String(entry.key.get(), UTF_8), entry.value));
        }
        return states;
    }

    private static double count(TopologyTestDriver driver, String metric, String step) {
        return driver.metrics().values().stream()
                .filter(found -> found.metricName().group().equals(TaggingMetrics.GROUP)
                        && found.metricName().name().equals(metric)
                        && step.equals(found.metricName().tags().get("step")))
                .mapToDouble(found -> (Double) found.metricValue())
                .sum();
    }
}
