package io.tagstream.integration;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.text;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tagstream.admin.StreamFailedException;
import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.infer.TaggerModel;
import io.tagstream.service.StartHook;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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

/** The application on a real broker: bad records among good ones, its life from start to stop, its failures. */
@Timeout(120)
class StreamsRunnerIT {
    private static EmbeddedBroker broker;
    private static TaggerModel model;
    private static final AtomicInteger TESTS = new AtomicInteger();

    @TempDir
    private Path directory;

    private final String name = "runner-" + TESTS.incrementAndGet();

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
    void shouldTagTheGoodRecordsAmongTheBadOnes() throws Exception {
        StreamSettings settings = settings().build();
        byte[] notUtf8 = {(byte) 0xC3, '('};
        // As large as the input topic takes: with its headers it must still fit into the dead-letter topic.
        byte[] largest = new byte[1_040_000];
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>();
        for (int i = 1; i <= 50; i++) {
            input.add(record(key("a"), tokens("a" + i, "I", "eat", "apple")));
            input.add(record(null, tokens("no key", "I")));
            input.add(record(notUtf8, tokens("odd key", "I")));
            input.add(record(key("a"), "rubbish".getBytes(StandardCharsets.UTF_8)));
            input.add(record(key("b"), text("b" + i, "I work at apple")));
        }
        input.add(record(key("a"), largest));
        input.add(record(key("a"), tokens("last", ".")));
        new Topics(settings).create();
        KafkaRecords.send(broker.bootstrapServers(), input);

        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings))) {
            assertThat(runner.awaitRunning(Duration.ofSeconds(60))).isTrue();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> read(settings.topics().output()).size() >= 151
                            && read(settings.topics().deadLetters()).size() >= 101);
            assertThat(runner.count(TaggingMetrics.SENTENCES)).isEqualTo(151);
            assertThat(runner.count(TaggingMetrics.DEAD_LETTERS)).isEqualTo(101);
        }

        List<ConsumerRecord<byte[], byte[]>> deadLetters =
                read(settings.topics().deadLetters());
        assertThat(deadLetters).hasSize(101);
        assertThat(deadLetters.stream().filter(letter -> letter.key() == null)).hasSize(50);
        assertThat(deadLetters.stream().filter(letter -> letter.value().length == largest.length))
                .hasSize(1)
                .allSatisfy(letter -> {
                    assertThat(header(letter, StreamNames.HEADER_TOPIC))
                            .isEqualTo(settings.topics().input());
                    assertThat(header(letter, StreamNames.HEADER_MESSAGE)).isNotBlank();
                });
        List<OutgoingSentence> ofA = sentences(settings, "a");
        assertThat(ofA).hasSize(51);
        for (int i = 0; i < ofA.size(); i++) {
            assertThat(ofA.get(i).sequence()).isEqualTo(i + 1);
        }
        assertThat(ofA.get(50).sentenceId()).isEqualTo("last");
    }

    @Test
    void shouldAttachWhatIsHookedInAndCloseItAtTheStop() throws Exception {
        StreamSettings settings = settings().build();
        new Topics(settings).create();
        List<String> seen = new CopyOnWriteArrayList<>();
        StartHook hook = running -> {
            seen.add("started " + running.settings().applicationId());
            running.whenChanged(() -> seen.add(running.condition()));
            return () -> seen.add("closed");
        };
        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings), hook)) {
            assertThat(runner.awaitRunning(Duration.ofSeconds(60))).isTrue();
            assertThat(seen)
                    .startsWith("started " + settings.applicationId())
                    .contains("RUNNING")
                    .doesNotContain("closed");
        }
        assertThat(seen).endsWith("closed");
    }

    @Test
    void shouldPassAFailureToTheCallerAndGoOnWhereItStoppedOnceItIsMended() throws Exception {
        StreamSettings settings = settings().build();
        List<ProducerRecord<byte[], byte[]>> input = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            input.add(record(key("a"), tokens(i == 20 ? "broken" : "fine", "I", "eat")));
        }
        new Topics(settings).create();
        KafkaRecords.send(broker.bootstrapServers(), input);
        TaggingParts whole = parts(settings);
        TaggingParts broken = new TaggingParts(model, whole.tokenizer(), whole.decoder(), () -> sentence -> {
            if (sentence.sentenceId().equals("broken")) {
                throw new IllegalStateException("the registry is away");
            }
            return whole.encoder().get().encode(sentence);
        });

        try (StreamsRunner runner = StreamsLaunch.start(settings, broken)) {
            assertThatThrownBy(runner::awaitStop)
                    .isInstanceOf(StreamFailedException.class)
                    .hasMessageContaining("the registry is away");
            assertThat(runner.isRunning()).isFalse();
        }
        assertThat(read(settings.topics().output())).hasSizeLessThan(20);
        try (StreamsRunner runner = StreamsLaunch.start(settings, whole)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> read(settings.topics().output()).size() >= 40);
            assertThat(runner.isRunning()).isTrue();
        }

        assertThat(read(settings.topics().deadLetters())).isEmpty();
        List<OutgoingSentence> tagged = sentences(settings, "a");
        assertThat(tagged).hasSize(40);
        for (int i = 0; i < tagged.size(); i++) {
            assertThat(tagged.get(i).sequence()).isEqualTo(i + 1);
        }
    }

    @Test
    void shouldDeadLetterWhatTheTopicsOfTheUserDoNotTake() throws Exception {
        StreamSettings settings = settings().build();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            Map<String, String> small = Map.of("max.message.bytes", "20000");
            admin.createTopics(List.of(
                            new NewTopic(settings.topics().output(), Optional.of(1), Optional.empty()).configs(small),
                            new NewTopic(settings.topics().deadLetters(), Optional.of(1), Optional.empty())
                                    .configs(small)))
                    .all()
                    .get();
        }
        assertThat(new Topics(settings).create())
                .containsExactly(settings.topics().input(), StreamNames.identity(settings.applicationId()));
        KafkaRecords.send(
                broker.bootstrapServers(),
                List.of(
                        record(key("a"), tokens("1", "I")),
                        record(key("a"), tokens("2", "a".repeat(30_000))),
                        record(key("a"), tokens("3", "eat"))));

        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings))) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> read(settings.topics().output()).size() >= 2);
            assertThat(runner.isRunning()).isTrue();
        }
        assertThat(sentences(settings, "a"))
                .extracting(OutgoingSentence::sentenceId)
                .containsExactly("1", "3");
        assertThat(sentences(settings, "a"))
                .extracting(OutgoingSentence::sequence)
                .containsExactly(1L, 2L);
        assertThat(read(settings.topics().deadLetters())).singleElement().satisfies(letter -> {
            assertThat(letter.value()).isNull();
            assertThat(header(letter, StreamNames.HEADER_OMITTED)).isEqualTo("value");
            assertThat(header(letter, StreamNames.HEADER_MESSAGE)).contains("20000");
        });
    }

    @Test
    void shouldSayInAFileHowItIs() throws Exception {
        Path health = directory.resolve("health");
        StreamSettings settings = settings().healthFile(health).build();
        try (StreamsRunner runner = StreamsLaunch.start(settings, parts(settings))) {
            assertThat(health).exists();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(health).equals("RUNNING\n"));
            assertThat(runner.stop()).isTrue();
            runner.awaitStop();
        }
        assertThat(health).doesNotExist();
    }

    @Test
    void shouldSayWhichTopicIsMissingWhereItMustNotCreateIt() {
        TopicSettings topics = new TopicSettings(name + "-in", name + "-out", name + "-dlq", false, 1, 1);
        StreamSettings settings = settings().topics(topics).build();

        assertThatThrownBy(() -> StreamsLaunch.start(settings, parts(settings)).close())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(topics.input(), topics.output(), topics.deadLetters(), "--no-create-topics");
    }

    @Test
    void shouldRefuseADeadLetterTopicThatIsCompacted() throws Exception {
        StreamSettings settings = settings().build();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(settings.topics().deadLetters(), Optional.of(1), Optional.empty())
                            .configs(Map.of("cleanup.policy", "compact"))))
                    .all()
                    .get();
        }
        assertThatThrownBy(() -> StreamsLaunch.start(settings, parts(settings)).close())
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("compacted");
    }

    private StreamSettings.Builder settings() {
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, 2, 1))
                .stateDir(directory.resolve("state"))
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(Map.of("session.timeout.ms", "6000"));
    }

    private static TaggingParts parts(StreamSettings settings) {
        return TaggingParts.of(settings, model, Sentences::atBlanks);
    }

    private ProducerRecord<byte[], byte[]> record(byte @Nullable [] key, byte[] value) {
        return new ProducerRecord<>(name + "-in", key, value);
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return KafkaRecords.readCommitted(broker.bootstrapServers(), topic);
    }

    private static List<OutgoingSentence> sentences(StreamSettings settings, String stream) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        List<OutgoingSentence> sentences = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : read(settings.topics().output())) {
            if (new String(record.key(), StandardCharsets.UTF_8).equals(stream)) {
                sentences.add(reader.read(record.value()));
            }
        }
        return sentences;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }
}
