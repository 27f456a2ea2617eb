package io.tagstream.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Ends transactions that hang, as an operator does by {@code kafka-transactions.sh abort}. One hangs that is open for longer than its
 * coordinator lets any be. A broker that is killed while it commits and comes back alone can leave such: it takes partitions that have no
 * leader yet for deleted ones, and notes the transaction as complete although these have no mark of its end (Kafka 4.3.1). Nobody reads
 * beyond an open transaction, so the partition would stand still for ever.
 */
final class HangingTransactions {
    /** More than the timeout of a transaction, 6 s here, and the 10 s after which a coordinator looks again. */
    private static final Duration HANGING = Duration.ofSeconds(30);

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final Admin admin;
    /** Since when, by {@link System#nanoTime}, a transaction has been seen open: its partition and the offset of its first record. */
    private Map<String, Long> open = new HashMap<>();

    HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /**
     * To be called now and then.
     *
     * @return where one was ended
     */
    List<TopicPartition> end(Collection<TopicPartition> partitions) throws InterruptedException {
        List<TopicPartition> ended = new ArrayList<>();
        Map<String, Long> stillOpen = new HashMap<>();
        try {
            for (Map.Entry<TopicPartition, PartitionProducerState> state :
                    get(admin.describeProducers(partitions).all()).entrySet()) {
                for (ProducerState producer : state.getValue().activeProducers()) {
                    OptionalLong start = producer.currentTransactionStartOffset();
                    if (start.isEmpty()) {
                        continue;
                    }
                    String key = state.getKey() + "@" + start.getAsLong();
                    long since = open.getOrDefault(key, System.nanoTime());
                    stillOpen.put(key, since);
                    if (System.nanoTime() - since > HANGING.toNanos()) {
                        abort(state.getKey(), producer);
                        ended.add(state.getKey());
                    }
                }
            }
            open = stillOpen;
        } catch (ExecutionException | TimeoutException e) {
            // The broker is away, or has ended it in the meantime: asked again soon.
        }
        return ended;
    }

    private void abort(TopicPartition partition, ProducerState producer)
            throws ExecutionException, InterruptedException, TimeoutException {
        get(admin.abortTransaction(new AbortTransactionSpec(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .all());
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
