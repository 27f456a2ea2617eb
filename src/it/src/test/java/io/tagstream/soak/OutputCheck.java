package io.tagstream.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tagstream.event.UndecodableEventException;
import io.tagstream.format.WireFormats;
import io.tagstream.settings.StreamNames;
import io.tagstream.wire.EventReader;
import io.tagstream.wire.OutgoingSentence;
import io.tagstream.wire.OutputFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads along what is put out, on a thread of its own: each stream's sequence must go up by one, from 1. */
final class OutputCheck implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int MOST_FAULTS = 20;

    private final AtomicLong tagged = new AtomicLong();
    private final AtomicLong deadLetters = new AtomicLong();
    private final Map<String, Long> sequences = new ConcurrentHashMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    OutputCheck(String bootstrapServers) {
        thread = new Thread(() -> read(bootstrapServers), "output-check");
        thread.setDaemon(true);
        thread.start();
    }

    private void read(String bootstrapServers) {
        EventReader<OutgoingSentence> reader = WireFormats.sentenceReader(OutputFormat.JSON);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            // Not as a group: one that loses its session on a busy machine would read again what it had read.
            consumer.assign(partitions(consumer));
            while (!closed) {
                consumer.poll(POLL).forEach(record -> check(reader, record));
            }
        } catch (RuntimeException e) {
            fault(e.toString());
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(StreamNames.DEFAULT_OUTPUT_TOPIC, StreamNames.DEFAULT_DEAD_LETTER_TOPIC)) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            while (!closed && known.isEmpty()) {
                LockSupport.parkNanos(POLL.toNanos());
                known = consumer.partitionsFor(topic);
            }
            known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    private void check(EventReader<OutgoingSentence> reader, ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(StreamNames.DEFAULT_DEAD_LETTER_TOPIC)) {
            deadLetters.incrementAndGet();
            return;
        }
        String stream = new String(record.key(), UTF_8);
        try {
            long sequence = reader.read(record.value()).sequence();
            long before = sequences.getOrDefault(stream, 0L);
            if (sequence != before + 1) {
                fault("stream " + stream + " has " + sequence + " after " + before);
            }
            sequences.put(stream, sequence);
        } catch (UndecodableEventException e) {
            fault(e.toString());
        }
        tagged.incrementAndGet();
    }

    private void fault(String fault) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(fault);
        }
    }

    long tagged() {
        return tagged.get();
    }

    long deadLetters() {
        return deadLetters.get();
    }

    int streams() {
        return sequences.size();
    }

    List<String> faults() {
        return List.copyOf(faults);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
