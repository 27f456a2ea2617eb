package io.tagstream.service;

import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.local.LocalStates;
import io.tagstream.local.StateFolder;
import io.tagstream.position.InputTracking;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.watch.GroupProgress;
import io.tagstream.watch.ProgressWatch;
import io.tagstream.watch.TopicWatch;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application. {@link ThreadSupervision} looks after its threads. Its life:
 *
 * <ol>
 *   <li>{@link StreamsLaunch#start} prepares the topics and starts the threads;
 *   <li>{@link #awaitRunning}, if the caller wants to know when it works;
 *   <li>{@link #awaitStop} returns when somebody closes it, and throws when it stops by itself;
 *   <li>{@link #stop}, from any thread, finishes the open transaction and stops; a shutdown hook calls it on SIGTERM.
 * </ol>
 */
public final class StreamsRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

    /** What the health file says while a dead thread's streams wait for their next one. */
    private static final String WAITING = "WAITING";
    /** How long a stop may take that a topic is the cause of: records for a deleted one cannot be sent, however long it waits. */
    private static final Duration BROKEN_TOPIC_STOP = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final KafkaStreams streams;
    private final TopicWatch topicWatch;
    private final ProgressWatch progress;
    private final ApplicationMetrics applicationMetrics;
    private final ThreadSupervision supervision;
    private final List<StartHook> hooks;
    private final Deque<AutoCloseable> attached = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final MinuteLog minutes;
    private volatile @Nullable AutoCloseable marking;

    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean clean = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    StreamsRunner(
            StreamSettings settings,
            KafkaStreams streams,
            RecoveryPolicy recovery,
            TopicWatch topicWatch,
            MinuteLog minutes,
            InputTracking input,
            Duration patience,
            List<StartHook> hooks) {
        this.minutes = minutes;
        this.settings = settings;
        this.streams = streams;
        this.topicWatch = topicWatch;
        this.hooks = List.copyOf(hooks);
        this.supervision = new ThreadSupervision(
                settings, streams, recovery, topicWatch, closing::get, this::tellListeners, this::stop);
        this.progress = new ProgressWatch(
                this::inputPartitions,
                () -> GroupProgress.open(settings, input.starts()),
                this::tellListeners,
                patience,
                System::nanoTime);
        this.applicationMetrics = new ApplicationMetrics(settings.applicationId());
        applicationMetrics.count(TaggingMetrics.STALLS, "how often a partition stalled", progress::stalls);
    }

    /** Starts the threads; what was opened is closed again where that fails. */
    StreamsRunner started() {
        try {
            start();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start() {
        streams.setUncaughtExceptionHandler(supervision::threadDied);
        streams.setStateListener(this::changed);
        streams.setGlobalStateRestoreListener(new RestoreLog());
        streams.setStandbyUpdateListener(new StandbyLog());
        RunningStreams view = new View();
        hooks.forEach(hook -> attached.push(hook.onStart(view)));
        streams.start();
        supervision.start();
        topicWatch.start(supervision::stopBecause);
        progress.start();
        minutes.start(streams::metrics, this::isRunning);
    }

    /** Looks at the topics at once, not when the watch comes to it. */
    Optional<String> lookAtTopics() {
        return topicWatch.lookNow();
    }

    /** For a test: as if the clock had been set back. */
    void renewThreads(Duration setBack) {
        supervision.renew(setBack);
    }

    private void tellListeners() {
        listeners.forEach(Runnable::run);
    }

    private String condition() {
        if (supervision.isWaiting()) {
            return WAITING;
        }
        KafkaStreams.State state = streams.state();
        ProgressWatch.Condition condition = progress.condition();
        return state == KafkaStreams.State.RUNNING && condition != ProgressWatch.Condition.MOVING
                ? condition.name()
                : state.name();
    }

    /** What this instance has of the input; nothing while it is not running. */
    private Collection<TopicPartition> inputPartitions() {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return List.of();
        }
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> settings.topics().inputs().contains(partition.topic()))
                .toList();
    }

    private void changed(KafkaStreams.State now, KafkaStreams.State before) {
        switch (now) {
            case REBALANCING ->
                LOG.info(
                        "{} waits for its partitions{}",
                        settings.applicationId(),
                        settings.instanceId().isEmpty()
                                ? "; after a crash they are free when the session of the crashed instance ends"
                                : "");
            case RUNNING -> LOG.info("{} is running", settings.applicationId());
            case NOT_RUNNING -> LOG.info("{} has stopped", settings.applicationId());
            default -> LOG.debug("{} is {}", settings.applicationId(), now);
        }
        tellListeners();
        if (now == KafkaStreams.State.RUNNING) {
            if (running.getCount() > 0) {
                marking = LocalStates.markInBackground(settings);
            }
            running.countDown();
            // Kafka Streams may have created topics.
            topicWatch.lookSoon();
        } else if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
            running.countDown();
            stopped.countDown();
        }
    }

    /**
     * Waits until the application has its partitions and has restored their states.
     *
     * @return whether it runs now; false if it does not yet, or no more
     */
    public boolean awaitRunning(Duration timeout) throws InterruptedException {
        return running.await(timeout.toMillis(), TimeUnit.MILLISECONDS) && isRunning();
    }

    /** Whether it works, or waits for its partitions. */
    public boolean isRunning() {
        return streams.state().isRunningOrRebalancing();
    }

    /**
     * Waits until the application stops.
     *
     * @throws StreamFailedException if it stopped by itself
     */
    public void awaitStop() throws InterruptedException {
        stopped.await();
        Throwable cause = supervision.failure();
        if (cause != null) {
            throw new StreamFailedException("the application stopped: " + RecoveryPolicy.sentence(cause), cause);
        }
        if (!closing.get()) {
            throw new StreamFailedException("the application stopped by itself, see the log", null);
        }
    }

    /** Kafka Streams' metrics and those of {@link TaggingMetrics}. */
    public Map<MetricName, ? extends Metric> metrics() {
        Map<MetricName, Metric> metrics = new HashMap<>(streams.metrics());
        metrics.putAll(applicationMetrics.all());
        return metrics;
    }

    /** The sum over all tasks of one of {@link TaggingMetrics}. */
    public long count(String metric) {
        double sum = 0;
        for (Map.Entry<MetricName, ? extends Metric> entry : metrics().entrySet()) {
            if (entry.getKey().group().equals(TaggingMetrics.GROUP)
                    && entry.getKey().name().equals(metric)
                    && entry.getValue().metricValue() instanceof Double value) {
                sum += value;
            }
        }
        return (long) sum;
    }

    /**
     * Stops within the shutdown timeout, from any thread; a second caller waits for the first.
     *
     * @return whether the open transaction was finished; otherwise what it held is tagged again at the next start
     */
    public boolean stop() {
        if (closing.compareAndSet(false, true)) {
            supervision.close();
            Duration timeout =
                    supervision.isTopicBroken() && settings.shutdownTimeout().compareTo(BROKEN_TOPIC_STOP) > 0
                            ? BROKEN_TOPIC_STOP
                            : settings.shutdownTimeout();
            topicWatch.close();
            progress.close();
            try {
                clean.set(streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership())));
                while (!attached.isEmpty()) {
                    closeQuietly(attached.pop());
                }
                applicationMetrics.close();
                closeQuietly(marking);
                new StateFolder(settings.stateDir()).markAgain();
            } finally {
                minutes.close();
                stopped.countDown();
                closed.countDown();
            }
            if (!clean.get()) {
                LOG.warn(
                        "the application did not stop within {} ms; what it had open is tagged again at the next start",
                        timeout.toMillis());
            }
            return clean.get();
        }
        try {
            return closed.await(settings.shutdownTimeout().toMillis(), TimeUnit.MILLISECONDS) && clean.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * An instance without a name leaves its group, or whoever takes over its partitions, itself included, would wait for the session
     * timeout. One with a name comes back to what it had.
     */
    private GroupMembershipOperation membership() {
        return settings.instanceId().isEmpty()
                ? GroupMembershipOperation.LEAVE_GROUP
                : GroupMembershipOperation.REMAIN_IN_GROUP;
    }

    /** As {@link #stop}. */
    @Override
    public void close() {
        stop();
    }

    private static void closeQuietly(@Nullable AutoCloseable closed) {
        if (closed == null) {
            return;
        }
        try {
            closed.close();
        } catch (Exception e) {
            LOG.warn("{} cannot be closed: {}", closed, e.toString());
        }
    }

    /** What a hook sees. */
    private final class View implements RunningStreams {
        @Override
        public StreamSettings settings() {
            return settings;
        }

        @Override
        public KafkaStreams streams() {
            return streams;
        }

        @Override
        public Map<MetricName, ? extends Metric> metrics() {
            return StreamsRunner.this.metrics();
        }

        @Override
        public String condition() {
            return StreamsRunner.this.condition();
        }

        @Override
        public void whenChanged(Runnable listener) {
            listeners.add(listener);
        }
    }
}
