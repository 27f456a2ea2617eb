package io.tagstream.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.ProcessorStateException;
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
    /** How long a thread may take to finish its transaction before one takes its place. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);
    /** How long a stop may take that a topic is the cause of: records for a deleted one cannot be sent, however long it waits. */
    private static final Duration BROKEN_TOPIC_STOP = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final KafkaStreams streams;
    private final RecoveryPolicy recovery;
    private final TopicWatch topicWatch;
    private final @Nullable HealthFile health;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ClockWatch clock = new ClockWatch(this::renewThreads);
    private final AtomicInteger waiting = new AtomicInteger();
    /** Since when, by {@link System#nanoTime}, a thread is being replaced for the clock's sake; 0 where none is. */
    private volatile long renewing;

    /** The stop is a topic's fault. */
    private volatile boolean brokenTopic;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final AtomicBoolean closing = new AtomicBoolean();
    private final AtomicBoolean clean = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    private StreamsRunner(
            StreamSettings settings, KafkaStreams streams, RecoveryPolicy recovery, TopicWatch topicWatch) {
        this.settings = settings;
        this.streams = streams;
        this.recovery = recovery;
        this.topicWatch = topicWatch;
        Path healthFile = settings.healthFile();
        this.health = healthFile == null ? null : new HealthFile(healthFile, this::condition);
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

    static StreamsRunner start(StreamSettings settings, TaggingParts parts, RecoveryPolicy recovery) {
        checkWritable(settings.stateDir());
        KafkaPropertyRules.unknown(settings.kafkaProperties())
                .forEach(name -> LOG.warn(
                        "neither Kafka Streams nor its clients know the property {}: unless it is for a plug-in of theirs,"
                                + " check its spelling",
                        name));
        Topics topics = new Topics(settings);
        PreparedTopics prepared = topics.prepare();
        TopicWatch watch = TopicWatch.checked(settings, WatchedTopic.of(settings));
        try {
            new LocalStates(settings).fit(topics.changelogId());
            GroupReplicas.apply(settings);
            return start(settings, parts, prepared, recovery, watch);
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    private static StreamsRunner start(
            StreamSettings settings,
            TaggingParts parts,
            PreparedTopics prepared,
            RecoveryPolicy recovery,
            TopicWatch watch) {
        StreamsRunner runner = open(settings, parts, prepared, recovery, watch);
        try {
            return runner.started();
        } catch (ProcessorStateException e) {
            if (!LocalDamage.isCuredByRestoring(e)) {
                throw new StreamFailedException(
                        "the states in " + settings.stateDir() + " cannot be opened: " + sentence(e), e);
            }
            LOG.warn(
                    "the local copies of the states in {} are damaged; they are removed, and restored from the change log: {}",
                    settings.stateDir(),
                    sentence(e));
            runner.streams.cleanUp();
        }
        return open(settings, parts, prepared, recovery, TopicWatch.checked(settings, WatchedTopic.of(settings)))
                .started();
    }

    private static StreamsRunner open(
            StreamSettings settings,
            TaggingParts parts,
            PreparedTopics topics,
            RecoveryPolicy recovery,
            TopicWatch watch) {
        Properties properties = StreamsProperties.of(settings, topics);
        properties.put(TopicWatch.PROPERTY, watch);
        KafkaStreams streams = new KafkaStreams(TaggingTopology.build(settings, parts, topics.limits()), properties);
        return new StreamsRunner(settings, streams, recovery, watch);
    }

    private StreamsRunner started() {
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
    }

    private static void checkWritable(Path directory) {
        try {
            Files.createDirectories(directory);
            Files.delete(Files.createTempFile(directory, "check", ""));
        } catch (IOException e) {
            throw new InvalidSettingException("the state directory " + directory + " cannot be written (" + e
                    + "): choose another with --state-dir");
        }
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

    /**
     * Gives each stream thread, with its clients, a successor: whatever they have planned for a time of day lies in the future for as long
     * as the clock was set back. A thread finishes its transaction first.
     */
    void renewThreads(Duration setBack) {
        LOG.warn(
                "the clock of this machine was set back by {} s: the stream threads are replaced, because Kafka's clients would"
                        + " wait until it has caught up",
                setBack.toSeconds());
        try {
            for (int thread = 0; thread < settings.threads() && !closing.get(); thread++) {
                renewing = System.nanoTime() | 1;
                // Its successor comes after it: while it lives, it sends no heartbeat and would hold up the others'
                // rebalance.
                try {
                    streams.removeStreamThread(RENEWAL);
                } catch (TimeoutException e) {
                    LOG.warn("a stream thread took more than {} s to end", RENEWAL.toSeconds());
                }
                streams.addStreamThread();
            }
        } finally {
            renewing = 0;
        }
    }

    /** A thread that lost its broker and then the time can wait for the broker until the clock has caught up; a new process does not. */
    private boolean isStuckInRenewal() {
        long since = renewing;
        return since != 0 && System.nanoTime() - since > 2 * RENEWAL.toNanos();
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
        return waiting.get() > 0 ? WAITING : streams.state().name();
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
                markLocalStates();
            }
            running.countDown();
            // Kafka Streams may have created topics.
            topicWatch.lookSoon();
        } else if (now == KafkaStreams.State.NOT_RUNNING || now == KafkaStreams.State.ERROR) {
            running.countDown();
            stopped.countDown();
        }
    }

    /** On a thread of its own: it asks the brokers, and a stream thread is waiting. Without a mark the next start restores. */
    private void markLocalStates() {
        Thread thread = new Thread(
                () -> {
                    try {
                        Optional<Uuid> changelog = new Topics(settings).changelogId();
                        if (changelog.isPresent()) {
                            new LocalStates(settings).mark(changelog.get());
                        }
                    } catch (IOException | RuntimeException e) {
                        LOG.warn("the local states cannot be marked with their change log: {}", e.toString());
                    }
                },
                "tagstream-mark");
        thread.setDaemon(true);
        thread.start();
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
            boolean missingNow = isRunning()
                    && renewing == 0
                    && streams.metadataForLocalThreads().size() < settings.threads();
            if (missing && missingNow) {
                failure.compareAndSet(
                        null, new IllegalStateException("a stream thread could not be replaced, see the log"));
                stop();
            }
            missing = missingNow;
            if (isStuckInRenewal()) {
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
        return streams.metrics();
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
            try {
                clean.set(streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership())));
                if (health != null) {
                    health.close();
                }
            } finally {
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
    private static String sentence(Throwable failure) {
        Throwable cause = RecoveryPolicy.causes(failure).reduce(failure, (outer, inner) -> inner);
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
