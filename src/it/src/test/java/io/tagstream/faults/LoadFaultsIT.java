package io.tagstream.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tagstream.faults.Stage.Model;
import io.tagstream.wire.InputFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Load that is uneven: nothing is lost for it, and the application catches up. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LoadFaultsIT {
    /** To catch up with what comes in some seconds takes no longer, on a machine that is busy with other things. */
    private static final Duration BOUND = Duration.ofMinutes(2);

    private static final Duration TICK = Duration.ofMillis(50);

    private static final int HOT = 4_000;
    /** Beside the hot stream all others together have one record in so many. */
    private static final int TRICKLE = 40;

    /** Records a second. */
    private static final int USUAL = 300;

    private static final int BURSTS = 2;
    private static final Duration LASTING = Duration.ofSeconds(3);

    private static final int FOR_SLOW_CONSUMER = 3_000;
    private static final Duration BETWEEN_READS = Duration.ofMillis(300);

    @ParameterizedTest
    @EnumSource
    void shouldCatchUpWithOneHotStream(Model model, Stage stage) throws Exception {
        stage.run("load: one hot stream, others trickle", model, trial -> {
            Application application = trial.startNamed("a");
            application.awaitRunning();
            GoodStreams streams =
                    new GoodStreams(InputFormat.AVRO, trial.random().nextLong());
            List<Input> inputs = new ArrayList<>();
            for (int at = 0; at < HOT * trial.scale(); at++) {
                inputs.add(at % TRICKLE == 0 ? streams.next() : streams.next(0));
            }
            trial.send(inputs);
            trial.struck();
            awaitCaughtUp(trial, application, "one hot stream");
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchUpWithABurst(Model model, Stage stage) throws Exception {
        stage.run("load: burst of ten times the usual rate", model, trial -> {
            Application application = trial.startNamed("a");
            application.awaitRunning();
            GoodStreams streams =
                    new GoodStreams(InputFormat.AVRO, trial.random().nextLong());
            for (int burst = 0; burst < trial.times(BURSTS); burst++) {
                sendAt(USUAL, trial, streams);
                sendAt(10 * USUAL, trial, streams);
                trial.struck();
                long most = trial.lag();
                sendAt(USUAL, trial, streams);
                awaitCaughtUp(trial, application, "a burst that left a lag of " + most);
            }
            return new Application[] {application};
        });
    }

    /** On all streams, so many records a second, for as long as a phase lasts. */
    private static void sendAt(int rate, Trial trial, GoodStreams streams) {
        long start = System.nanoTime();
        int[] done = {0};
        await().pollInterval(TICK).atMost(LASTING.plus(BOUND)).until(() -> {
            long passed = Math.min(System.nanoTime() - start, LASTING.toNanos());
            long due = passed * rate / TimeUnit.SECONDS.toNanos(1);
            List<Input> inputs = new ArrayList<>();
            for (; done[0] < due; done[0]++) {
                inputs.add(streams.next());
            }
            trial.send(inputs);
            return passed == LASTING.toNanos();
        });
    }

    private static void awaitCaughtUp(Trial trial, Application application, String with) throws Exception {
        long start = System.nanoTime();
        trial.awaitSent();
        await("no lag after " + with).atMost(BOUND).pollInterval(TICK).until(() -> {
            application.requireAlive();
            return trial.lag() == 0;
        });
        Stage.say("no lag " + (System.nanoTime() - start) / 1_000_000 + " ms after " + with);
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotWaitForASlowConsumer(Model model, Stage stage) throws Exception {
        stage.run("load: slow consumer of the output", model, trial -> {
            Application application = trial.startNamed("a");
            application.awaitRunning();
            List<ConsumerRecord<byte[], byte[]>> read = new ArrayList<>();
            try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                    slowly(trial.broker().direct()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer
                        .partitionsFor(trial.topics().output())
                        .stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                trial.send(trial.mixed((int) (FOR_SLOW_CONSUMER * trial.scale())));
                trial.struck();
                trial.awaitSent();
                await("no lag beside a slow consumer")
                        .atMost(BOUND)
                        .pollInterval(BETWEEN_READS)
                        .until(() -> {
                            consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                            return trial.lag() == 0;
                        });
                trial.awaitNoTransaction();
                int readSoFar = read.size();
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                await("the slow consumer has read all")
                        .atMost(BOUND)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> {
                            consumer.poll(Duration.ofMillis(100)).forEach(read::add);
                            return ends.entrySet().stream()
                                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                        });
                Stage.say("the slow consumer had read " + readSoFar + " of " + read.size() + " when all was tagged");
                assertThat(readSoFar).isLessThan(read.size() / 2);
            }
            assertThat(shown(read))
                    .containsExactlyInAnyOrderElementsOf(
                            shown(trial.read(trial.topics().output())));
            return new Application[] {application};
        });
    }

    /** A record a read, and no more fetched before. */
    private static Map<String, Object> slowly(String servers) {
        return Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                1,
                "fetch.max.bytes",
                1_024,
                "max.partition.fetch.bytes",
                1_024);
    }

    private static List<String> shown(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> record.partition() + "@" + record.offset() + " "
                        + HexFormat.of().formatHex(record.value()))
                .toList();
    }
}
