package io.tagstream.soak;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.fixture.StreamCorpus;
import io.tagstream.settings.StreamNames;
import io.tagstream.stream.TaggingMetrics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Traffic for an hour ({@code -Dsoak.duration=PT2M} for two minutes): one hot stream, bursts of ten times as much, streams that end
 * and expire while new ones begin, bad records. Memory, threads and file handles must be flat, and every record tagged once.
 */
class StreamSoak {
    private static final long SEED = 20_260_101;
    private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT1H"));
    /** Records a second outside of a burst. */
    private static final int RATE = Integer.getInteger("soak.rate", 100);

    private static final int SAMPLES = 120;
    private static final int BURST = 10;
    private static final Duration BURST_EVERY = Duration.ofSeconds(60);
    private static final Duration BURST_LASTS = Duration.ofSeconds(3);
    private static final int TICKS_A_SECOND = 20;
    private static final int STREAMS = 200;
    /** Of a hundred records, how many are the hot stream's. */
    private static final int HOT = 30;
    /** One of so many records is no text. */
    private static final int BAD = 200;

    private static final byte[] NOT_UTF8 = {'a', (byte) 0xC3, '('};

    @TempDir
    private Path directory;

    private final Random random = new Random(SEED);
    private final List<List<String>> corpus = StreamCorpus.streams(100);
    private long sent;

    @Test
    void shouldStayAsItIsForAsLongAsItRuns() throws Exception {
        // So that streams expire and are evicted many times in any run.
        Duration ttl = DURATION.dividedBy(24).compareTo(Duration.ofMinutes(1)) < 0
                ? DURATION.dividedBy(24)
                : Duration.ofMinutes(1);
        // What a broker in production does too; an hour of records would fill a small disk.
        Map<String, String> retention = Map.of(
                "log.segment.bytes", "33554432",
                "log.retention.bytes", "134217728",
                "log.retention.check.interval.ms", "10000");
        SoakReport report = new SoakReport();
        ObjectNode counts = new ObjectMapper().createObjectNode();
        try (SoakedApplication application = new SoakedApplication(
                        directory, retention, "--state-ttl", ttl.toSeconds() + "s", "--threads", "2");
                OutputCheck output = new OutputCheck(application.bootstrapServers());
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", application.bootstrapServers(), "linger.ms", 5),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            feed(application, producer, ttl.dividedBy(2), report);
            producer.flush();
            await("every record")
                    .atMost(SoakedApplication.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(output.tagged() + output.deadLetters()).isGreaterThanOrEqualTo(sent));
            counts.put("seconds", DURATION.toSeconds());
            counts.put("in", sent);
            counts.put("out", output.tagged());
            counts.put("dead", output.deadLetters());
            counts.put("streams", output.streams());
            counts.put("evictions", application.probe().count(TaggingMetrics.EVICTIONS));
            report.write(counts);

            assertThat(output.faults()).isEmpty();
            assertThat(output.tagged() + output.deadLetters()).isEqualTo(sent);
            assertThat(output.deadLetters()).isPositive();
            assertThat(counts.get("evictions").asLong()).isPositive();
            assertThat(application.stop()).as(application.log()).isZero();
        }
        assertThat(report.trends()).allMatch(Trend::isFlat);
    }

    /** Sends until the time is over, in small ticks, and samples the application at even distances. */
    private void feed(
            SoakedApplication application,
            KafkaProducer<byte[], byte[]> producer,
            Duration generation,
            SoakReport report)
            throws Exception {
        long begin = System.nanoTime();
        long end = begin + DURATION.toNanos();
        long tick = Duration.ofSeconds(1).dividedBy(TICKS_A_SECOND).toNanos();
        long sampleEvery = DURATION.dividedBy(SAMPLES).toNanos();
        long nextSample = begin + sampleEvery;
        for (long next = begin; next < end; next += tick) {
            long now = System.nanoTime();
            if (now < next) {
                // The pace of the traffic; nothing waits for it.
                LockSupport.parkNanos(next - now);
            }
            long elapsed = next - begin;
            boolean burst = elapsed % BURST_EVERY.toNanos() < BURST_LASTS.toNanos();
            for (int i = 0; i < RATE / TICKS_A_SECOND * (burst ? BURST : 1); i++) {
                Future<RecordMetadata> unused = producer.send(record(elapsed / generation.toNanos()));
                sent++;
            }
            if (next >= nextSample) {
                assertThat(application.isAlive()).as(application.log()).isTrue();
                report.add(application.probe().sample());
                nextSample += sampleEvery;
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(long generation) {
        int stream = random.nextInt(100) < HOT ? 0 : 1 + random.nextInt(STREAMS);
        // The streams of a generation end with it; the hot one goes on for ever.
        String id = stream == 0 ? "hot" : "stream-" + generation + "-" + stream;
        byte[] value;
        if (random.nextInt(BAD) == 0) {
            value = NOT_UTF8;
        } else {
            List<String> lines = corpus.get(stream % corpus.size());
            value = lines.get(random.nextInt(lines.size())).getBytes(UTF_8);
        }
        return new ProducerRecord<>(StreamNames.DEFAULT_INPUT_TOPIC, id.getBytes(UTF_8), value);
    }
}
