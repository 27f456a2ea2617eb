package io.tagstream.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives each stream thread, with its clients, a successor when the clock was set back: whatever they have planned for a time of day lies
 * in the future for as long. A thread finishes its transaction first. For any thread.
 */
final class ThreadRenewal {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadRenewal.class);
    /** How long a thread may take to finish its transaction before one takes its place. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaStreams streams;
    private final int threads;
    private final BooleanSupplier closing;
    /** Since when, by {@link System#nanoTime}, a thread is being replaced; 0 where none is. */
    private volatile long since;

    ThreadRenewal(KafkaStreams streams, int threads, BooleanSupplier closing) {
        this.streams = streams;
        this.threads = threads;
        this.closing = closing;
    }

    void renew(Duration setBack) {
        LOG.warn(
                "the clock of this machine was set back by {} s: the stream threads are replaced, because Kafka's clients would"
                        + " wait until it has caught up",
                setBack.toSeconds());
        try {
            for (int thread = 0; thread < threads && !closing.getAsBoolean(); thread++) {
                since = System.nanoTime() | 1;
                // Its successor comes after it: while it lives, it sends no heartbeat and would hold up the others'
                // rebalance.
                try {
                    streams.removeStreamThread(PATIENCE);
                } catch (TimeoutException e) {
                    LOG.warn("a stream thread took more than {} s to end", PATIENCE.toSeconds());
                }
                streams.addStreamThread();
            }
        } finally {
            since = 0;
        }
    }

    boolean isUnderWay() {
        return since != 0;
    }

    /** A thread that lost its broker and then the time can wait for the broker until the clock has caught up; a new process does not. */
    boolean isStuck() {
        long begin = since;
        return begin != 0 && System.nanoTime() - begin > 2 * PATIENCE.toNanos();
    }
}
