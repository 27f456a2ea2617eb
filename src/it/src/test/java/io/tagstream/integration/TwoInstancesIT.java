package io.tagstream.integration;

import static io.tagstream.fixture.Sentences.key;
import static io.tagstream.fixture.Sentences.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.broker.EmbeddedBroker;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.Logs;
import io.tagstream.fixture.Sentences;
import io.tagstream.fixture.StateLogs;
import io.tagstream.fixture.TinyModels;
import io.tagstream.format.WireFormats;
import io.tagstream.identity.Topics;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.service.StreamsLaunch;
import io.tagstream.service.StreamsRunner;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.text.Token;
import io.tagstream.topology.TaggingParts;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two instances that share the partitions, one of which stops: by both group protocols, with and without standby copies. */
@Timeout(180)
class TwoInstancesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTITIONS = 4;
    private static final int STREAMS = 2 * PARTITIONS;
    /** Sentences of each stream before there are two instances, while there are, and after one has stopped. */
    private static final int BEFORE = 60;

    private static final int TOGETHER = 5;
    private static final int AFTER = 5;
    private static final List<List<String>> SENTENCES =
            List.of(List.of("I", "eat", "apple", "."), List.of("work", "at", "Apple"), List.of("東京", "!"));

    private static EmbeddedBroker broker;
    private static TaggerModel model;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
        model = TinyModels.lstm().open();
    }

    @AfterAll
    static void stop() {
        model.close();
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({"classic, 0", "classic, 1", "streams, 0", "streams, 1"})
    void shouldGoOnWhereTheOtherInstanceStopped(String protocol, int standbyReplicas) throws Exception {
        StreamSettings settings = settings(protocol, standbyReplicas);
        new Topics(settings).create();
        send(settings, 0, BEFORE);
        try (Logs logs = Logs.capture();
                StreamsRunner staying = start(settings, "staying");
                StreamsRunner leaving = start(settings, "leaving")) {
            awaitTagged(settings, BEFORE);
            await("both have half of the partitions")
                    .atMost(PATIENCE)
                    .until(() -> activeTasks(staying) == PARTITIONS / 2 && activeTasks(leaving) == PARTITIONS / 2);
            send(settings, BEFORE, TOGETHER);
            awaitTagged(settings, BEFORE + TOGETHER);
            assertThat(staying.count(TaggingMetrics.SENTENCES)).isPositive();
            assertThat(leaving.count(TaggingMetrics.SENTENCES)).isPositive();
            if (standbyReplicas > 0) {
                // Each partition has one copy, on the instance that does not tag it.
                await("all copies are complete")
                        .atMost(PATIENCE)
                        .until(() -> StateLogs.completeCopies(logs.lines()).size() == PARTITIONS);
            }
            int saidBefore = logs.lines().size();

            assertThat(leaving.stop()).isTrue();
            send(settings, BEFORE + TOGETHER, AFTER);
            awaitTagged(settings, BEFORE + TOGETHER + AFTER);

            List<String> said = logs.lines();
            int restored = StateLogs.restored(said.subList(saidBefore, said.size()));
            if (standbyReplicas > 0) {
                // The mark of a partition's last transaction takes an offset.
                assertThat(restored).isLessThanOrEqualTo(PARTITIONS / 2);
            } else {
                // The one that stays may have tagged the first sentences of them itself.
                assertThat(restored).isGreaterThanOrEqualTo(STREAMS / 2 * TOGETHER);
            }
        }
        assertThat(tagged(settings)).isEqualTo(expected(BEFORE + TOGETHER + AFTER));
    }

    private StreamSettings settings(String protocol, int standbyReplicas) {
        String name = "two-" + protocol + "-" + standbyReplicas;
        return StreamSettings.builder(broker.bootstrapServers())
                .applicationId(name)
                .topics(new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, PARTITIONS, 1))
                .standbyReplicas(standbyReplicas)
                .commitInterval(Duration.ofMillis(50))
                .kafkaProperties(Map.of("group.protocol", protocol, "heartbeat.interval.ms", "500"))
                .build();
    }

    private StreamsRunner start(StreamSettings settings, String instance) {
        StreamSettings own =
                settings.toBuilder().stateDir(directory.resolve(instance)).build();
        return StreamsLaunch.start(own, TaggingParts.of(own, model, Sentences::atBlanks));
    }

    /** Each task has metrics of ours where it is active. */
    private static long activeTasks(StreamsRunner runner) {
        return runner.metrics().keySet().stream()
                .filter(metric -> metric.group().equals(TaggingMetrics.GROUP)
                        && metric.name().equals(TaggingMetrics.SENTENCES))
                .count();
    }

    private static List<String> words(int stream, int number) {
        return SENTENCES.get((stream + number) % SENTENCES.size());
    }

    private static void send(StreamSettings settings, int from, int count) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < from + count; number++) {
            for (int stream = 0; stream < STREAMS; stream++) {
                records.add(new ProducerRecord<>(
                        settings.topics().input(),
                        stream % PARTITIONS,
                        key("s" + stream),
                        tokens("" + number, words(stream, number).toArray(String[]::new))));
            }
        }
        KafkaRecords.send(broker.bootstrapServers(), records);
    }

    private static void awaitTagged(StreamSettings settings, int ofEachStream) {
        await(ofEachStream + " sentences of each stream")
                .atMost(PATIENCE)
                .until(() -> read(settings).size() >= ofEachStream * STREAMS);
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(StreamSettings settings) {
        return KafkaRecords.readCommitted(
                broker.bootstrapServers(), settings.topics().output());
    }

    private static Map<String, List<OutgoingSentence>> tagged(StreamSettings settings) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        Map<String, List<OutgoingSentence>> tagged = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record : read(settings)) {
            tagged.computeIfAbsent(new String(record.key(), StandardCharsets.UTF_8), stream -> new ArrayList<>())
                    .add(withoutSource(reader.read(record.value())));
        }
        return tagged;
    }

    /** What one tagger makes of each stream, from its first sentence to its last. */
    private static Map<String, List<OutgoingSentence>> expected(int ofEachStream) {
        Map<String, List<OutgoingSentence>> expected = new TreeMap<>();
        try (SentenceTagger tagger = model.newTagger()) {
            for (int stream = 0; stream < STREAMS; stream++) {
                HiddenState state = HiddenState.zero(model.contract());
                List<OutgoingSentence> sentences = new ArrayList<>();
                for (int number = 0; number < ofEachStream; number++) {
                    TaggedText tagged = tagger.tag(
                            words(stream, number).stream().map(Token::of).toList(), state);
                    state = tagged.next();
                    sentences.add(
                            new OutgoingSentence("" + number, number + 1, model.id(), tagged.tokens(), state.digest()));
                }
                expected.put("s" + stream, sentences);
            }
        }
        return expected;
    }

    /** What a test that knows nothing of offsets compares: no source, and no id that comes from it. */
    private static OutgoingSentence withoutSource(OutgoingSentence sentence) {
        EventSource source = sentence.source();
        return new OutgoingSentence(
                source != null && source.id().equals(sentence.sentenceId()) ? "" : sentence.sentenceId(),
                sentence.sequence(),
                sentence.model(),
                null,
                sentence.text(),
                sentence.tokens(),
                sentence.stateDigest());
    }
}
