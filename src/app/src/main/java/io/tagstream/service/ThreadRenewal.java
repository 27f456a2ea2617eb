package io.tagstream.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.TimeoutException;
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

    private final Consumer<Duration> remove;
    private final BooleanSupplier add;
    private final int threads;
    private final BooleanSupplier closing;
    private final Predicate<Throwable> again;
    /** Since when, by {@link System#nanoTime}, a thread is being replaced; 0 where none is. */
    private volatile long since;

    /**
     * @param remove ends one thread, which may take as long as is given
     * @param add starts one, and says whether it could
     * @param again told why one could not be started; whether to try again
     */
    ThreadRenewal(
            Consumer<Duration> remove,
            BooleanSupplier add,
            int threads,
            BooleanSupplier closing,
            Predicate<Throwable> again) {
        this.remove = remove;
        this.add = add;
        this.threads = threads;
        this.closing = closing;
        this.again = again;
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
                    remove.accept(PATIENCE);
                } catch (TimeoutException e) {
                    LOG.warn("a stream thread took more than {} s to end", PATIENCE.toSeconds());
                }
                if (!add()) {
                    return;
                }
            }
        } finally {
            since = 0;
        }
    }

    /** Kafka Streams says no rather than why: it is stopping, or has no thread left. */
    private boolean add() {
        while (!closing.getAsBoolean()) {
            if (add.getAsBoolean()) {
                return true;
            }
            since = System.nanoTime() | 1;
            if (!again.test(new IllegalStateException("Kafka Streams did not start another stream thread"))) {
                return false;
            }
        }
        return false;
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
