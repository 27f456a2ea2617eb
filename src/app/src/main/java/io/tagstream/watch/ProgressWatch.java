package io.tagstream.watch;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that records wait and are not processed, while all else looks well. It looks every {@link #PERIOD} at the partitions that
 * this instance has, and compares their committed positions with what can be read. The rules:
 *
 * <ul>
 *   <li>A partition is behind where its last stable offset is ahead of its position, and a record lies between: markers of
 *       transactions, aborted records and gaps are not waited for. (Whether there is a record is read once a stall is suspected.)
 *   <li>It stalls when it has been behind, at one position, for the patience, {@link #PATIENCE} in all. The time counts only while Kafka
 *       Streams is {@code RUNNING} and this instance has the partition: rebalances and restores have states of their own. But they do not
 *       set the time back, so tasks that move again and again without progress stall too.
 *   <li>Brokers that do not answer for the patience are a state of their own, and the time does not count.
 *   <li>A transaction that its producer left open on the input holds back the last stable offset: there is nothing to process, so that
 *       is no stall. The log says so when it has lasted for the patience.
 * </ul>
 *
 * <p>{@link #condition} is for any thread; everything else belongs to the watch's own.
 */
public final class ProgressWatch implements AutoCloseable {
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Logger LOG = LoggerFactory.getLogger(ProgressWatch.class);

    /** What it found. */
    public enum Condition {
        /** Records are processed, or there are none. */
        MOVING,
        STALLED,
        UNREACHABLE
    }

    private final Supplier<Collection<TopicPartition>> assigned;
    private final Supplier<Progress> open;
    private final Runnable changed;
    private final LongSupplier nanoTime;
    private final long patience;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tagstream-progress");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<TopicPartition, Watched> partitions = new HashMap<>();

    /** Null before the first look. */
    private @Nullable Progress progress;

    private boolean failed;
    private long lastLook;
    private long answered;
    private volatile Condition condition = Condition.MOVING;
    private final AtomicLong stalls = new AtomicLong();

    /** What is known of one partition. */
    private static final class Watched {
        private long position = -1;
        private long stable = -1;
        /** For how long it has been behind at this position, ns. */
        private long behind;
        /** For how long it has had nothing to read, ns. */
        private long idle;
        /** Up to here there is no record after the position. */
        private long noRecordBefore;

        private boolean stalled;
        /** Whether a transaction was open when it was last asked, at this stable offset; a young one is no news. */
        private boolean open;
        /** Whether the log has said so. */
        private boolean held;
    }

    /**
     * @param assigned the partitions that this instance has while Kafka Streams is running, none otherwise
     * @param open makes the client that asks the brokers
     * @param changed is told when {@link #condition} has changed
     * @param nanoTime as {@link System#nanoTime}
     */
    public ProgressWatch(
            Supplier<Collection<TopicPartition>> assigned,
            Supplier<Progress> open,
            Runnable changed,
            Duration patience,
            LongSupplier nanoTime) {
        this.assigned = assigned;
        this.open = open;
        this.changed = changed;
        this.patience = patience.toNanos();
        this.nanoTime = nanoTime;
        lastLook = nanoTime.getAsLong();
        answered = lastLook;
    }

    /** Looks until it is closed. */
    public void start() {
        long period = Math.min(PERIOD.toNanos(), patience / 4);
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::look, period, period, TimeUnit.NANOSECONDS);
    }

    public Condition condition() {
        return condition;
    }

    /** How often a partition stalled. */
    public long stalls() {
        return stalls.get();
    }

    /** One look. */
    void look() {
        long now = nanoTime.getAsLong();
        long elapsed = now - lastLook;
        lastLook = now;
        Condition before = condition;
        try {
            Set<TopicPartition> mine = new HashSet<>(assigned.get());
            if (mine.isEmpty()) {
                // A rebalance, or nothing to do: not a matter of records.
                answered = now;
                condition = Condition.MOVING;
            } else {
                ask(mine, elapsed);
                if (before == Condition.UNREACHABLE) {
                    LOG.info("the brokers answer again");
                }
                answered = nanoTime.getAsLong();
                failed = false;
                condition = mine.stream().map(partitions::get).anyMatch(watched -> watched != null && watched.stalled)
                        ? Condition.STALLED
                        : Condition.MOVING;
            }
        } catch (Progress.UnreachableException e) {
            if (now - answered >= patience && before != Condition.UNREACHABLE) {
                LOG.warn("no broker has answered for {} s ({})", seconds(now - answered), String.valueOf(e.getCause()));
                condition = Condition.UNREACHABLE;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException e) {
            // The next look must come.
            if (!failed) {
                failed = true;
                LOG.warn("the progress of the application cannot be watched: {}", e.toString());
            }
        }
        if (condition != before) {
            changed.run();
        }
    }

    private void ask(Set<TopicPartition> mine, long elapsed)
            throws InterruptedException, Progress.UnreachableException {
        Progress asked = progress();
        Set<TopicPartition> idle = new HashSet<>();
        for (Map.Entry<TopicPartition, Progress.Offsets> entry :
                asked.offsets(mine).entrySet()) {
            Watched watched = partitions.computeIfAbsent(entry.getKey(), partition -> new Watched());
            follow(entry.getKey(), watched, entry.getValue(), elapsed);
            if (watched.idle >= patience && !watched.held) {
                idle.add(entry.getKey());
            }
        }
        if (!idle.isEmpty()) {
            lookForOpenTransactions(idle);
        }
    }

    private Progress progress() {
        Progress opened = progress;
        if (opened == null) {
            opened = open.get();
            progress = opened;
        }
        return opened;
    }

    private void follow(TopicPartition partition, Watched watched, Progress.Offsets offsets, long elapsed)
            throws InterruptedException, Progress.UnreachableException {
        if (watched.stable != offsets.stable()) {
            watched.stable = offsets.stable();
            watched.idle = 0;
            watched.open = false;
            if (watched.held) {
                watched.held = false;
                LOG.info("{} can be read on: the transaction on it has ended", partition);
            }
        }
        if (watched.position != offsets.position()) {
            moved(partition, watched, offsets.position());
            return;
        }
        if (offsets.stable() <= Math.max(watched.position, watched.noRecordBefore)) {
            watched.behind = 0;
            watched.idle += elapsed;
            if (watched.stalled) {
                moved(partition, watched, offsets.position());
            }
            return;
        }
        watched.behind += elapsed;
        if (watched.behind >= patience && !watched.stalled) {
            suspect(partition, watched, offsets);
        }
    }

    private static void moved(TopicPartition partition, Watched watched, long position) {
        watched.position = position;
        watched.behind = 0;
        watched.idle = 0;
        if (watched.stalled) {
            watched.stalled = false;
            LOG.info("{} moves again, it is at offset {}", partition, position);
        }
    }

    private void suspect(TopicPartition partition, Watched watched, Progress.Offsets offsets)
            throws InterruptedException, Progress.UnreachableException {
        long from = Math.max(watched.position, watched.noRecordBefore);
        long record = progress().firstRecord(partition, from, offsets.stable());
        if (record < 0) {
            watched.noRecordBefore = offsets.stable();
            watched.behind = 0;
            return;
        }
        watched.stalled = true;
        stalls.incrementAndGet();
        LOG.warn(
                "{} stalls: its record at offset {} has not been processed for {} s, {} offsets can be read; the cause is not"
                        + " known: the record, the model or the disk may be slow (a thread dump shows where the stream thread"
                        + " is), or its transactions do not commit",
                partition,
                record,
                seconds(watched.behind),
                offsets.stable() - watched.position);
    }

    private void lookForOpenTransactions(Set<TopicPartition> idle)
            throws InterruptedException, Progress.UnreachableException {
        for (Map.Entry<TopicPartition, Long> end : progress().ends(idle).entrySet()) {
            Watched watched = partitions.get(end.getKey());
            if (watched == null) {
                continue;
            }
            watched.idle = 0; // asked again after the patience
            boolean before = watched.open;
            watched.open = end.getValue() > watched.stable;
            if (before && watched.open) {
                watched.held = true;
                LOG.warn(
                        "a transaction on {} has been open since offset {} for {} s or more: the {} offsets behind it cannot be read"
                                + " until its producer or the brokers end it (kafka-transactions.sh find-hanging)",
                        end.getKey(),
                        watched.stable,
                        seconds(patience),
                        end.getValue() - watched.stable);
            }
        }
    }

    private static long seconds(long nanos) {
        return TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        // The client belongs to the watch's thread, which may be using it.
        Thread closer = new Thread(
                () -> {
                    try {
                        boolean ended = timer.awaitTermination(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                        LOG.debug("the watch has ended: {}", ended);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    Progress opened = progress;
                    if (opened != null) {
                        opened.close();
                    }
                },
                "tagstream-progress-close");
        closer.setDaemon(true);
        closer.start();
    }
}
