package io.tagstream.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.fixture.KafkaRecords;
import io.tagstream.fixture.StreamCorpus;
import io.tagstream.format.WireFormats;
import io.tagstream.settings.StreamNames;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand streams that say a sentence and fall silent: what they take, how they come back, how they expire. */
class IdleStreamsSoak {
    private static final int STREAMS = Integer.getInteger("soak.streams", 100_000);
    private static final int BACK = 500;
    private static final Duration TTL = Duration.ofMinutes(10);
    /** The budget that operations.md states for the process: heap, RocksDB, and all else that is native, MiB. */
    private static final double RESIDENT = 1_024;
    /** Of that, for RocksDB, MiB; the cache may be over its limit for a moment. */
    private static final double ROCKSDB = 128 + 8;

    private static final int PARTITIONS = 6;

    @TempDir
    private Path directory;

    @Test
    @Timeout(1800)
    void shouldKeepAHundredThousandIdleStreamsWithinTheBudget() throws Exception {
        // Hours ago: no time beyond the clock makes a stream expire in the scan.
        long begin = System.currentTimeMillis() - Duration.ofHours(5).toMillis();
        try (SoakedApplication application = new SoakedApplication(
                directory, Map.of(), "--state-ttl", TTL.toSeconds() + "s", "--partitions", "" + PARTITIONS)) {
            ProcessProbe.Sample empty = application.probe().sample();
            List<String> lines = StreamCorpus.streams(1).get(0);
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                records.add(record(null, "stream-" + stream, begin, lines.get(stream % lines.size())));
            }
            send(application, records);
            awaitTagged(application, STREAMS);
            ProcessProbe.Sample full = application.probe().sample();
            System.out.printf("empty: %s%n%d idle streams: %s%n", empty, STREAMS, full);
            assertThat(full.rss()).isLessThan(RESIDENT);
            assertThat(full.heap()).isLessThan(SoakedApplication.HEAP);
            assertThat(full.rocksDb()).isLessThan(ROCKSDB);

            // Some come back in time, and are who they were.
            send(application, again("back", begin + TTL.toMillis(), lines));
            awaitTagged(application, STREAMS + BACK);
            assertThat(sequences(application, "back"))
                    .hasSize(BACK)
                    .allSatisfy((stream, sequence) -> assertThat(sequence).isEqualTo(2));

            // Time goes by, a second a record, and the scan follows it through every partition.
            long later = begin + TTL.multipliedBy(4).toMillis();
            List<ProducerRecord<byte[], byte[]>> ticks = new ArrayList<>();
            for (int second = 0; second < 60; second++) {
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    ticks.add(record(partition, "clock-" + partition, later + 1_000L * second, "tick"));
                }
            }
            send(application, ticks);
            await("the eviction of all that fell silent")
                    .atMost(SoakedApplication.PATIENCE)
                    .untilAsserted(() -> assertThat(application.probe().count(TaggingMetrics.EVICTIONS))
                            .isGreaterThanOrEqualTo(STREAMS));

            // Others come back too late, and are new.
            send(application, again("late", later + 60_000, lines));
            awaitTagged(application, STREAMS + 2L * BACK + ticks.size());
            assertThat(sequences(application, "late"))
                    .hasSize(BACK)
                    .allSatisfy((stream, sequence) -> assertThat(sequence).isEqualTo(1));
            System.out.printf("after their eviction: %s%n", application.probe().sample());
            assertThat(application.stop()).as(application.log()).isZero();
        }
    }

    /** A second sentence of some streams, said in a word that the check finds. */
    private static List<ProducerRecord<byte[], byte[]>> again(String word, long time, List<String> lines) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < BACK; i++) {
            int stream = i * (STREAMS / BACK);
            records.add(record(null, "stream-" + stream, time, word + " " + lines.get(i % lines.size())));
        }
        return records;
    }

    private static ProducerRecord<byte[], byte[]> record(
            @Nullable Integer partition, String stream, long time, String text) {
        return new ProducerRecord<>(
                StreamNames.DEFAULT_INPUT_TOPIC, partition, time, stream.getBytes(UTF_8), text.getBytes(UTF_8));
    }

    private static void send(SoakedApplication application, List<ProducerRecord<byte[], byte[]>> records)
            throws Exception {
        KafkaRecords.send(application.bootstrapServers(), records);
    }

    private static void awaitTagged(SoakedApplication application, long sentences) {
        await("the sentences")
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(application.probe().count(TaggingMetrics.SENTENCES))
                        .isGreaterThanOrEqualTo(sentences));
    }

    /** The sequence of each stream's sentence that begins with a word. */
    private static Map<String, Long> sequences(SoakedApplication application, String word) throws Exception {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.JSON);
        Map<String, Long> sequences = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                KafkaRecords.readCommitted(application.bootstrapServers(), StreamNames.DEFAULT_OUTPUT_TOPIC)) {
            OutgoingSentence sentence = reader.read(record.value());
            if (!sentence.tokens().isEmpty()
                    && sentence.tokens().get(0).token().form().equals(word)) {
                sequences.put(new String(record.key(), UTF_8), sentence.sequence());
            }
        }
        return sequences;
    }
}
