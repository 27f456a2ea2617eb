package io.tagstream.integration;

import static io.tagstream.fixture.Sentences.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.event.StreamKey;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.KeySource;
import io.tagstream.settings.StreamMemory;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.InputFormat;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What names a stream, on a real broker with three partitions, an instance that is stopped halfway and a second one that goes on. What
 * must come out says the tagger in a loop over the input as it lies in the topics, with a state for each stream.
 */
@Timeout(180)
class KeySourcesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 120;
    private static final List<String> USERS = List.of("ann", "bob", "7", "7.0");
    private static final List<String> TEXTS = List.of("I eat apple", "I work at apple", "apple", "");

    private static EmbeddedBroker broker;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().lookAhead(1).open();
    }

    @AfterAll
    static void stop() {
        model.close();
        broker.close();
    }

    @Test
    void shouldNameStreamsByAFieldWithinTheirPartitions() throws Exception {
        StreamSettings settings = settings("field", "field-in")
                .keyFrom(KeySource.parse("field:/user"))
                .build();
        List<String> log = run(settings, "field-in");

        assertThat(log)
                .filteredOn(line -> line.contains("records of one value in two partitions are two streams"))
                .isNotEmpty()
                .allMatch(line -> line.startsWith("INFO"));
        assertThat(tagged(settings)).isEqualTo(expected(settings, KeySourcesIT::user));
    }

    @Test
    void shouldMakeAStreamOfEachPartition() throws Exception {
        StreamSettings settings =
                settings("part", "part-in").keyFrom(KeySource.PARTITION).build();
        run(settings, "part-in");

        assertThat(tagged(settings))
                .isEqualTo(expected(settings, record -> Integer.toString(record.partition())))
                .hasSize(PARTITIONS);
    }

    @Test
    void shouldKeepStreamsOfTwoTopicsApartInEveryRun() throws Exception {
        StreamSettings first = settings("two-0", "left", "right").build();
        List<Map<String, List<OutgoingSentence>>> outputs = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            StreamSettings settings = settings("two-" + number, "left", "right").build();
            run(settings, number == 0 ? new String[] {"left", "right"} : new String[0]);
            outputs.add(tagged(settings));
        }

        Map<String, List<OutgoingSentence>> expected = expected(first, record -> StreamKey.shown(record.key()));
        assertThat(expected.keySet())
                .anyMatch(stream -> stream.startsWith("left"))
                .anyMatch(stream -> stream.startsWith("right"));
        assertThat(outputs).hasSize(3).allSatisfy(output -> assertThat(output).isEqualTo(expected));
    }

    @Test
    void shouldKeepNothingWithoutMemory() throws Exception {
        StreamSettings settings =
                settings("forget", "forget-in").memory(StreamMemory.NONE).build();
        run(settings, "forget-in");

        assertThat(tagged(settings)).isEqualTo(expected(settings, record -> StreamKey.shown(record.key())));
        assertThat(KafkaRecords.topics(broker.bootstrapServers()))
                .contains("forget-in")
                .noneMatch(topic -> topic.startsWith("forget-") && topic.endsWith("hidden-states-changelog"));
    }

    @Test
    void shouldPassTheKeyThroughWithoutStreams() throws Exception {
        StreamSettings settings =
                settings("single", "single-in").keyFrom(KeySource.NONE).build();
        run(settings, "single-in");

        assertThat(tagged(settings)).isEqualTo(expected(settings, record -> StreamKey.shown(record.key())));
    }

    @Test
    void shouldRefuseTopicsWithDifferentNumbersOfPartitions() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("uneven-1", Optional.of(2), Optional.empty()),
                            new NewTopic("uneven-2", Optional.of(5), Optional.empty())))
                    .all()
                    .get();
        }
        StreamSettings settings = settings("uneven", "uneven-1", "uneven-2").build();
        assertThatThrownBy(() -> StreamsLaunch.start(settings, parts(settings)).close())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("the same number of partitions, but uneven-1 has 2 and uneven-2 has 5");
    }

    @Test
    void shouldCreateAMissingInputTopicWithThePartitionsOfTheOther() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic("there", Optional.of(2), Optional.empty())))
                    .all()
                    .get();
            assertThat(new Topics(settings("some", "not-there", "there").build()).create())
                    .contains("not-there");
            assertThat(admin.describeTopics(List.of("not-there"))
                            .allTopicNames()
                            .get()
                            .get("not-there")
                            .partitions())
                    .hasSize(2);
        }
    }

    /** Half of the input by one instance and the rest by another; of topics that are not named the input is there already. */
    private List<String> run(StreamSettings settings, String... topics) throws Exception {
        new Topics(settings).create();
        Random random = new Random(settings.applicationId().hashCode());
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            for (String topic : topics) {
                records.add(record(settings, topic, random));
            }
        }
        List<String> log = new ArrayList<>();
        int half = records.size() / 2;
        for (List<ProducerRecord<byte[], byte[]>> part :
                List.of(records.subList(0, half), records.subList(half, records.size()))) {
            KafkaRecords.send(broker.bootstrapServers(), part);
            int sent = sentences(settings);
            try (Logs logs = Logs.capture();
                    StreamsRunner runner = StreamsLaunch.start(settings, parts(settings))) {
                await().atMost(PATIENCE)
                        .until(() -> read(settings.topics().output()).size() >= sent);
                assertThat(runner.stop()).isTrue();
                log.addAll(logs.lines());
            }
        }
        assertThat(read(settings.topics().deadLetters())).isEmpty();
        return log;
    }

    /** Under a field the key says nothing; now and then a stream ends, where a record without a value can say so. */
    private static ProducerRecord<byte[], byte[]> record(StreamSettings settings, String topic, Random random) {
        boolean byKey = settings.keyFrom().equals(KeySource.KEY);
        String user = USERS.get(random.nextInt(USERS.size()));
        int partition = byKey ? Math.floorMod(user.hashCode(), PARTITIONS) : random.nextInt(PARTITIONS);
        boolean ends = settings.keyFrom().kind() != KeySource.Kind.FIELD && random.nextInt(20) == 0;
        byte[] value = ("{\"user\":" + (user.startsWith("7") ? user : "\"" + user + "\"") + ",\"text\":\""
                        + TEXTS.get(random.nextInt(TEXTS.size())) + "\"}")
                .getBytes(UTF_8);
        return new ProducerRecord<>(
                topic, partition, byKey || random.nextInt(3) == 0 ? key(user) : null, ends ? null : value);
    }

    private static int sentences(StreamSettings settings) {
        int sentences = 0;
        for (String topic : settings.topics().inputs()) {
            for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
                sentences += record.value() == null ? 0 : 1;
            }
        }
        return sentences;
    }

    private static String user(ConsumerRecord<byte[], byte[]> record) {
        String value = new String(record.value(), UTF_8);
        return value.substring(value.indexOf(':') + 1, value.indexOf(',')).replace("\"", "");
    }

    /** Topic, partition and name of each stream to what must come out for it. */
    private static Map<String, List<OutgoingSentence>> expected(
            StreamSettings settings, Function<ConsumerRecord<byte[], byte[]>, String> name) throws Exception {
        Map<String, List<OutgoingSentence>> expected = new TreeMap<>();
        Map<String, HiddenState> states = new HashMap<>();
        Map<String, Long> sequences = new HashMap<>();
        HiddenState zero = HiddenState.zero(model.contract());
        boolean remembers = settings.memory() == StreamMemory.STREAM;
        try (SentenceTagger tagger = model.newTagger()) {
            for (String topic : settings.topics().inputs()) {
                for (ConsumerRecord<byte[], byte[]> record : read(topic)) {
                    String stream = topic + " " + record.partition() + " " + name.apply(record);
                    if (record.value() == null) {
                        states.remove(stream);
                        sequences.remove(stream);
                        continue;
                    }
                    String text = Objects.requireNonNull(WireFormats.decoder(InputFormat.JSON)
                            .decode(record.value())
                            .text());
                    TaggedText tagged = tagger.tag(
                            Sentences.atBlanks().tokenize(text), remembers ? states.getOrDefault(stream, zero) : zero);
                    states.put(stream, tagged.next());
                    expected.computeIfAbsent(stream, any -> new ArrayList<>())
                            .add(new OutgoingSentence(
                                            "",
                                            remembers ? sequences.merge(stream, 1L, Long::sum) : 0,
                                            model.id(),
                                            tagged.tokens(),
                                            remembers ? tagged.next().digest() : null)
                                    .from(new EventSource(topic, record.partition(), record.offset())));
                }
            }
        }
        return expected;
    }

    /** The same of what came out; records of one key are in one partition. */
    private static Map<String, List<OutgoingSentence>> tagged(StreamSettings settings) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        Map<String, List<OutgoingSentence>> tagged = new TreeMap<>();
        Map<String, Integer> partitions = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(settings.topics().output())) {
            OutgoingSentence sentence = reader.read(record.value());
            EventSource source = Objects.requireNonNull(sentence.source());
            String id = StreamKey.shown(record.key());
            @Nullable Integer before = partitions.put(id, record.partition());
            if (before != null && record.key() != null) {
                assertThat(record.partition()).isEqualTo(before);
            }
            tagged.computeIfAbsent(source.topic() + " " + source.partition() + " " + id, any -> new ArrayList<>())
                    .add(sentence);
        }
        if (settings.keyFrom().kind() == KeySource.Kind.NONE) {
            // Records without a key lie in any partition, each in its own order.
            tagged.values().forEach(list -> list.sort((a, b) -> Long.compare(offset(a), offset(b))));
        }
        return tagged;
    }

    private static long offset(OutgoingSentence sentence) {
        return Objects.requireNonNull(sentence.source()).offset();
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return KafkaRecords.readCommitted(broker.bootstrapServers(), topic);
    }

    private StreamSettings.Builder settings(String name, String... inputs) {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(List.of(inputs), name + "-out", name + "-dlq", true, PARTITIONS, 1))
                .inputFormat(InputFormat.JSON)
                .stateDir(directory.resolve(name))
                .commitInterval(Duration.ofMillis(50));
    }

    private static TaggingParts parts(StreamSettings settings) {
        return TaggingParts.of(settings, model, Sentences::atBlanks);
    }
}
