package io.tagstream.service;

import io.tagstream.admin.AccessRights;
import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.admin.WatchedTopic;
import io.tagstream.local.HealthFile;
import io.tagstream.local.LocalStates;
import io.tagstream.local.StateFolder;
import io.tagstream.position.InputTracking;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.stream.TaggingMetrics;
import io.tagstream.topology.TaggingParts;
import io.tagstream.watch.ClockWatch;
import io.tagstream.watch.GroupProgress;
import io.tagstream.watch.ProgressWatch;
import io.tagstream.watch.TopicWatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running application. Its life:
 *
 * <ol>
 *   <li>{@link #start} prepares the topics and starts the threads;
 *   <li>{@link #awaitRunning}, if the caller wants to know when it works;
 *   <li>{@link #awaitStop} returns when somebody closes it, and throws when it stops by itself;
 *   <li>{@link #stop}, from any thread, finishes the open transaction and stops; a shutdown hook calls it on SIGTERM.
 * </ol>
 */
public final class StreamsRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRunner.class);

    /** What the health file says while a dead thread's streams wait for their next one. */
    private static final String WAITING = "WAITING";
    /** How often {@link #awaitStop} looks whether every thread is there. */
    private static final Duration THREAD_CHECK = Duration.ofSeconds(5);
    /** How long a stop may take that a topic is the cause of: records for a deleted one cannot be sent, however long it waits. */
    private static final Duration BROKEN_TOPIC_STOP = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final KafkaStreams streams;
    private final RecoveryPolicy recovery;
    private final TopicWatch topicWatch;
    private final @Nullable HealthFile health;
    private final ProgressWatch progress;
    private final ApplicationMetrics applicationMetrics;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ClockWatch clock = new ClockWatch(this::renewThreads);
    private final AtomicInteger waiting = new AtomicInteger();
    private final MinuteLog minutes;
    private final ThreadRenewal renewal;

    /** The stop is a topic's fault. */
    private volatile boolean brokenTopic;

    private final CountDownLatch stopping = new CountDownLatch(1);
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
            Duration patience) {
        this.minutes = minutes;
        this.settings = settings;
        this.streams = streams;
        this.recovery = recovery;
        this.renewal = new ThreadRenewal(streams, settings.threads(), closing::get);
        this.topicWatch = topicWatch;
        Path healthFile = settings.healthFile();
        this.health = healthFile == null ? null : new HealthFile(healthFile, this::condition);
        this.progress = new ProgressWatch(
                this::inputPartitions,
                () -> GroupProgress.open(settings, input.starts()),
                this::updateHealth,
                patience,
                System::nanoTime);
        this.applicationMetrics = new ApplicationMetrics(settings.applicationId());
        applicationMetrics.count(TaggingMetrics.STALLS, "how often a partition stalled", progress::stalls);
    }

    /**
     * Starts the application; its threads work on when this returns. Waits for the brokers as long as the start timeout says.
     *
     * @throws InvalidSettingException if a setting, a topic or a directory does not allow it
     * @throws StreamFailedException if the brokers do not answer, or refuse
     */
    public static StreamsRunner start(StreamSettings settings, TaggingParts parts) {
        return start(settings, parts, new RecoveryPolicy(settings.threads()));
    }

    public static StreamsRunner start(StreamSettings settings, TaggingParts parts, RecoveryPolicy recovery) {
        return start(settings, parts, recovery, ProgressWatch.PATIENCE);
    }

    /** @param patience how long a partition may stand still before it stalls */
    public static StreamsRunner start(
            StreamSettings settings, TaggingParts parts, RecoveryPolicy recovery, Duration patience) {
        return new StreamsLaunch(settings, parts, recovery, patience).launch();
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
        streams.setUncaughtExceptionHandler(this::threadDied);
        streams.setStateListener(this::changed);
        streams.setGlobalStateRestoreListener(new RestoreLog());
        streams.setStandbyUpdateListener(new StandbyLog());
        if (health != null) {
            health.start();
        }
        streams.start();
        clock.start();
        topicWatch.start(this::stopBecause);
        progress.start();
        minutes.start(streams::metrics, this::isRunning);
    }

    /** Looks at the topics at once, not when the watch comes to it. */
    Optional<String> lookAtTopics() {
        return topicWatch.lookNow();
    }

    /**
     * Called on the thread that dies, whose open transaction will be aborted; what it held is tagged again by the thread that takes its
     * place. Kafka Streams lets a thread that cannot be replaced disappear, see {@link #awaitStop}.
     */
    private StreamThreadExceptionResponse threadDied(Throwable cause) {
        RecoveryPolicy.Verdict verdict = recovery.judge(cause);
        if (closing.get()) {
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        Optional<String> found = topicWatch.lookNow();
        if (found.isPresent()) {
            brokenTopic = true;
            LOG.error("the application stops: {}", found.get());
            failure.compareAndSet(null, new InvalidSettingException(found.get()));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        if (!verdict.replace()) {
            Throwable why = new AccessRights(settings, WatchedTopic.of(settings)).explained(cause);
            failure.compareAndSet(null, why);
            LOG.error("the application stops ({}): {}", verdict.reason(), sentence(why));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn(
                "a stream thread failed and is replaced in {} ms ({}): {}",
                verdict.pause().toMillis(),
                verdict.reason(),
                sentence(cause));
        pause(verdict.pause());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** For a test: as if the clock had been set back. */
    void renewThreads(Duration setBack) {
        renewal.renew(setBack);
    }

    /** Called by a watch, on a thread of its own that {@link #stop} ends: so another does it. */
    private void stopBecause(String sentence) {
        brokenTopic = true;
        LOG.error("the application stops: {}", sentence);
        failure.compareAndSet(null, new InvalidSettingException(sentence));
        Thread thread = new Thread(this::stop, "tagstream-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void pause(Duration pause) {
        waiting.incrementAndGet();
        updateHealth();
        try {
            boolean stopped = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("paused for {} ms, stopped: {}", pause.toMillis(), stopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
            updateHealth();
        }
    }

    private void updateHealth() {
        if (health != null) {
            health.update();
        }
    }

    private String condition() {
        if (waiting.get() > 0) {
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
        updateHealth();
        if (now == KafkaStreams.State.RUNNING) {
            if (running.getCount() > 0) {
                LocalStates.markInBackground(settings);
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
        boolean missing = false;
        while (!stopped.await(THREAD_CHECK.toMillis(), TimeUnit.MILLISECONDS)) {
            new StateFolder(settings.stateDir()).markAgain();
            boolean missingNow = isRunning()
                    && !renewal.isUnderWay()
                    && streams.metadataForLocalThreads().size() < settings.threads();
            if (missing && missingNow) {
                failure.compareAndSet(
                        null, new IllegalStateException("a stream thread could not be replaced, see the log"));
                stop();
            }
            missing = missingNow;
            if (renewal.isStuck()) {
                failure.compareAndSet(
                        null,
                        new IllegalStateException(
                                "the clock was set back, and a stream thread that waits for the broker does not end: start it again"));
                stop();
            }
        }
        Throwable cause = failure.get();
        if (cause != null) {
            throw new StreamFailedException("the application stopped: " + sentence(cause), cause);
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
            stopping.countDown();
            Duration timeout = brokenTopic && settings.shutdownTimeout().compareTo(BROKEN_TOPIC_STOP) > 0
                    ? BROKEN_TOPIC_STOP
                    : settings.shutdownTimeout();
            clock.close();
            topicWatch.close();
            progress.close();
            try {
                clean.set(streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership())));
                if (health != null) {
                    health.close();
                }
                applicationMetrics.close();
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

    /** The innermost cause says it best: Kafka Streams wraps it several times. */
    static String sentence(Throwable failure) {
        Throwable cause = RecoveryPolicy.causes(failure).reduce(failure, (outer, inner) -> inner);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
