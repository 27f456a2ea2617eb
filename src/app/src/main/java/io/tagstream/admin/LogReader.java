package io.tagstream.admin;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads our own compacted topics, and stretches of the input, without a group: committed records alone. Belongs to one thread.
 */
public final class LogReader {
    private static final Duration POLL = Duration.ofMillis(100);
    /** Of a topic of positions the last records suffice: each commit writes every partition's position again. */
    private static final int TAIL = 64;

    private final Consumer<byte[], byte[]> consumer;

    /** @param consumer reads committed records; the caller closes it */
    public LogReader(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /** A consumer waits for brokers that are away without a word. */
    private static final class Patience {
        private static final Duration LIMIT = Duration.ofSeconds(30);

        private long since = System.nanoTime();
        private long last = -1;

        /**
         * @param progress any number that changes as it goes on
         * @throws TimeoutException if nothing came for too long
         */
        void check(long progress) {
            if (progress != last) {
                last = progress;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > LIMIT.toNanos()) {
                throw new TimeoutException("no answer for " + LIMIT.toSeconds() + " s");
            }
        }
    }

    /** What is done with a record. */
    public interface Visitor {
        void visit(ConsumerRecord<byte[], byte[]> record);
    }

    /**
     * Reads backwards, in growing steps, until there is nothing more to find: the newest records are the last ones.
     *
     * @param isComplete whether a partition need not be read any further back
     * @param visitor sees the records of a step in their order, and those of earlier steps again
     */
    public void readTails(
            Collection<TopicPartition> partitions, Predicate<TopicPartition> isComplete, Visitor visitor) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> starts = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> from = new HashMap<>();
        long step = TAIL;
        Set<TopicPartition> open = new HashSet<>(partitions);
        open.removeIf(partition -> starts.getOrDefault(partition, 0L) >= ends.getOrDefault(partition, 0L));
        while (!open.isEmpty()) {
            for (TopicPartition partition : open) {
                from.put(
                        partition,
                        Math.max(starts.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - step));
            }
            read(open, from, ends, visitor);
            open.removeIf(partition -> isComplete.test(partition)
                    || from.getOrDefault(partition, 0L) <= starts.getOrDefault(partition, 0L));
            step *= TAIL;
        }
    }

    private void read(
            Set<TopicPartition> partitions,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> to,
            Visitor visitor) {
        consumer.assign(partitions);
        consumer.resume(partitions);
        partitions.forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        Set<TopicPartition> reading = new HashSet<>(partitions);
        Patience patience = new Patience();
        while (!reading.isEmpty()) {
            patience.check(partitions.stream().mapToLong(consumer::position).sum());
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < to.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L)) {
                    visitor.visit(record);
                }
            }
            reading.removeIf(partition -> consumer.position(partition) >= to.getOrDefault(partition, 0L));
            consumer.pause(partitions.stream()
                    .filter(partition -> !reading.contains(partition))
                    .toList());
        }
    }

    /** The offset before which no transaction is open. */
    public long stableEnd(TopicPartition partition) {
        consumer.assign(List.of(partition));
        return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }

    /** Whether there is a committed record from one offset on, before another; markers of transactions are none. */
    public boolean hasRecord(TopicPartition partition, long from, long to) {
        consumer.assign(List.of(partition));
        consumer.resume(List.of(partition));
        consumer.seek(partition, from);
        Patience patience = new Patience();
        while (consumer.position(partition) < to) {
            patience.check(consumer.position(partition));
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.offset() < to;
            }
        }
        return false;
    }
}
