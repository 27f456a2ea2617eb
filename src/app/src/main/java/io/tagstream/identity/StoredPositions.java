package io.tagstream.identity;

import io.tagstream.admin.Brokers;
import io.tagstream.admin.InputOffsets;
import io.tagstream.admin.LogReader;
import io.tagstream.position.InputPosition;
import io.tagstream.settings.StreamNames;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** The positions as they are stored, compared with the records of the input, before the application joins its group. */
final class StoredPositions {
    /** How long a transaction of an instance that died may hold back positions that are committed. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Brokers brokers;
    private final String changelog;
    private final PositionLog positionLog;

    StoredPositions(Brokers brokers, String applicationId) {
        this.brokers = brokers;
        this.changelog = StreamNames.positionsChangelog(applicationId);
        this.positionLog = new PositionLog(applicationId);
    }

    /** Those of some partitions, as far as they are stored. */
    Map<TopicPartition, InputPosition> read(Consumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        return brokers.ask("read the topic " + changelog, () -> positionLog.read(new LogReader(consumer), partitions));
    }

    /**
     * Records between a position and the offset that was committed with it cannot be. But the brokers end a transaction partition by
     * partition: the position may be on its way.
     */
    boolean liesBetween(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to) {
        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (true) {
            // Nobody can have committed an offset behind what can be read.
            if (brokers.ask("read the input " + partition, () -> new LogReader(consumer).stableEnd(partition)) < to) {
                return true;
            }
            if (!brokers.ask(
                    "read the input " + partition, () -> new LogReader(consumer).hasRecord(partition, from, to))) {
                return false;
            }
            InputPosition position = brokers.ask(
                            "read the topic " + changelog,
                            () -> positionLog.read(new LogReader(consumer), List.of(partition)))
                    .get(partition);
            if (position != null && position.offset() >= to) {
                return false;
            }
            if (isSettled(consumer, new TopicPartition(changelog, partition.partition()))
                    || System.nanoTime() > deadline) {
                return true;
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    /** Whether no transaction is open on a partition. */
    private boolean isSettled(Consumer<byte[], byte[]> consumer, TopicPartition log) {
        long stable = brokers.ask("read the topic " + log.topic(), () -> new LogReader(consumer).stableEnd(log));
        return stable
                >= InputOffsets.at(brokers, List.of(log), OffsetSpec.latest()).getOrDefault(log, 0L);
    }
}
