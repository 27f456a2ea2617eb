package io.tagstream.topology;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.format.WireFormats;
import io.tagstream.position.InputTracking;
import io.tagstream.service.StreamsProperties;
import io.tagstream.settings.PreparedTopics;
import io.tagstream.settings.SizeLimits;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.EventSource;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology without brokers. It commits after each record: what happens between commits, only a broker can show. */
final class TopologyDriver implements AutoCloseable {
    static final Instant CLOCK = Instant.parse("2026-01-01T00:00:00Z");

    private final TopologyTestDriver driver;
    private final TestInputTopic<byte[], byte[]> input;
    private final TestOutputTopic<byte[], byte[]> output;
    private final TestOutputTopic<byte[], byte[]> deadLetters;

    TopologyDriver(StreamSettings settings, TaggingParts parts) {
        this(settings, parts, SizeLimits.of(settings.maxRecordBytes()));
    }

    TopologyDriver(StreamSettings settings, TaggingParts parts, SizeLimits limits) {
        driver = new TopologyTestDriver(
                TaggingTopology.build(settings, parts, limits, InputTracking.none()),
                StreamsProperties.of(settings, new PreparedTopics(limits, 1, Map.of())),
                CLOCK);
        input = driver.createInputTopic(
                settings.topics().inputs().get(0), new ByteArraySerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(
                settings.topics().output(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        deadLetters = driver.createOutputTopic(
                settings.topics().deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Settings for a test, with a state directory of its own. */
    static StreamSettings.Builder settings() {
        try {
            Path directory = Files.createTempDirectory("tagstream-test-");
            directory.toFile().deleteOnExit();
            return StreamSettings.builder("localhost:1").stateDir(directory);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    void send(byte @Nullable [] key, byte @Nullable [] value) {
        send(key, value, CLOCK.toEpochMilli());
    }

    void send(byte @Nullable [] key, byte @Nullable [] value, long time) {
        send(key, value, time, new RecordHeaders());
    }

    void send(byte @Nullable [] key, byte @Nullable [] value, long time, Headers headers) {
        input.pipeInput(new TestRecord<>(key, value, headers, time));
    }

    /** Into one of several input topics. */
    void sendTo(String topic, byte @Nullable [] key, byte @Nullable [] value) {
        driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>(key, value, new RecordHeaders(), CLOCK.toEpochMilli()));
    }

    /** Whether the topology has a store. */
    boolean remembers() {
        return !driver.getAllStateStores().isEmpty();
    }

    List<TestRecord<byte[], byte[]>> output() {
        return output.readRecordsToList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    /** What was put out, without the sources. */
    List<OutgoingSentence> sentences() {
        return read(output());
    }

    List<OutgoingSentence> sentencesWithSource() {
        return readWithSource(output());
    }

    /** What these records say, without the sources. */
    List<OutgoingSentence> read(List<TestRecord<byte[], byte[]>> records) {
        return readWithSource(records).stream()
                .map(TopologyDriver::withoutSource)
                .toList();
    }

    List<OutgoingSentence> readWithSource(List<TestRecord<byte[], byte[]>> records) {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.AVRO);
        return records.stream().map(record -> read(reader, record.value())).toList();
    }

    private static OutgoingSentence read(EventReader<OutgoingSentence> reader, byte[] value) {
        try {
            return reader.read(value);
        } catch (UndecodableEventException e) {
            throw new AssertionError(e);
        }
    }

    KeyValueStore<Bytes, byte[]> store() {
        return driver.getKeyValueStore(StreamNames.STORE);
    }

    double count(String metric) {
        return driver.metrics().entrySet().stream()
                .filter(entry -> entry.getKey().group().equals(TaggingMetrics.GROUP)
                        && entry.getKey().name().equals(metric))
                .mapToDouble(entry -> (Double) entry.getValue().metricValue())
                .sum();
    }

    @Override
    public void close() {
        driver.close();
    }

    /** What a test that knows nothing of offsets compares: no source, and no id that comes from it. */
    static OutgoingSentence withoutSource(OutgoingSentence sentence) {
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
