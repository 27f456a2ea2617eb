package io.tagstream.demo;

import io.tagstream.settings.StreamSettings;
import io.tagstream.terminal.CommandException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends the lines on a thread of its own: the first at once, the others at their pace after {@link #goOn}, when the application has
 * started. Each has a timestamp of its own, which its output keeps and which so tells when it was sent.
 */
final class DemoFeeder implements AutoCloseable {
    private final StreamSettings settings;
    private final List<DemoText.Line> lines;
    private final double rate;
    /** The timestamp of each line that was sent at its pace to the time of it (System.nanoTime). */
    private final Map<Long, Long> paced = new ConcurrentHashMap<>();

    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::feed, "tagstream-demo-feeder");

    /** @param rate sentences per second */
    DemoFeeder(StreamSettings settings, List<DemoText.Line> lines, double rate) {
        this.settings = settings;
        this.lines = lines;
        this.rate = rate;
        thread.start();
    }

    /** Lets it send what comes after the first line. */
    void goOn() {
        started.countDown();
    }

    /** When the line of this timestamp was sent, {@link DemoTally#UNTIMED} for the first one, which waited for the start. */
    long pacedAt(long timestamp) {
        return paced.getOrDefault(timestamp, DemoTally.UNTIMED);
    }

    /** @throws CommandException if something could not be sent */
    void check() {
        Exception cause = failure.get();
        if (cause != null) {
            throw CommandException.failed("a sentence could not be sent: " + cause.getMessage());
        }
    }

    private void feed() {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                settings.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                settings.maxRecordBytes());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long timestamp = System.currentTimeMillis();
            send(producer, lines.get(0), timestamp);
            long start = 0;
            for (int i = 1; i < lines.size(); i++) {
                if (i == 1) {
                    started.await();
                    start = System.nanoTime();
                }
                long due = start + (long) ((i - 1) / rate * TimeUnit.SECONDS.toNanos(1));
                if (closed.await(due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                timestamp = Math.max(timestamp + 1, System.currentTimeMillis());
                paced.put(timestamp, System.nanoTime());
                send(producer, lines.get(i), timestamp);
            }
        } catch (InterruptedException | KafkaException e) {
            failure.compareAndSet(null, e);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, DemoText.Line line, long timestamp) {
        var unused = producer.send(
                new ProducerRecord<>(settings.topics().input(), null, timestamp, line.stream(), line.sentence()),
                (metadata, cause) -> {
                    if (cause != null) {
                        failure.compareAndSet(null, cause);
                    }
                });
    }

    @Override
    public void close() {
        closed.countDown();
        started.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
