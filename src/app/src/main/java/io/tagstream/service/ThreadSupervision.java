package io.tagstream.service;

import io.tagstream.admin.AccessRights;
import io.tagstream.admin.RecoveryPolicy;
import io.tagstream.admin.WatchedTopic;
import io.tagstream.local.StateFolder;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import io.tagstream.watch.ClockWatch;
import io.tagstream.watch.TopicWatch;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the stream threads, on a thread of its own: replaces those that die, up to a limit, and those that the clock left behind, and
 * stops the application when that does not help. Remembers the first cause. For any thread.
 */
final class ThreadSupervision implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadSupervision.class);
    /** How often it looks whether every thread is there. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    private final StreamSettings settings;
    private final KafkaStreams streams;
    private final RecoveryPolicy recovery;
    private final TopicWatch topicWatch;
    private final BooleanSupplier closing;
    private final Runnable changed;
    private final Runnable stop;
    private final ThreadRenewal renewal;
    private final ClockWatch clock = new ClockWatch(this::renew);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tagstream-supervision");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean brokenTopic;
    /** Whether a thread was missing at the look before; of the timer's thread. */
    private boolean missing;

    /**
     * @param closing whether the application is being stopped
     * @param changed called when {@link #isWaiting} changes
     * @param stop stops the application, and returns when it has stopped
     */
    ThreadSupervision(
            StreamSettings settings,
            KafkaStreams streams,
            RecoveryPolicy recovery,
            TopicWatch topicWatch,
            BooleanSupplier closing,
            Runnable changed,
            Runnable stop) {
        this.settings = settings;
        this.streams = streams;
        this.recovery = recovery;
        this.topicWatch = topicWatch;
        this.closing = closing;
        this.changed = changed;
        this.stop = stop;
        this.renewal = new ThreadRenewal(
                streams::removeStreamThread,
                () -> streams.addStreamThread().isPresent(),
                settings.threads(),
                closing,
                this::mayTryAgain);
    }

    void start() {
        clock.start();
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(this::look, CHECK.toMillis(), CHECK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the application died of, if it did. */
    @Nullable
    Throwable failure() {
        return failure.get();
    }

    /** Whether the streams of a dead thread wait for their next one. */
    boolean isWaiting() {
        return waiting.get() > 0;
    }

    /** Whether a topic is the cause of the stop. */
    boolean isTopicBroken() {
        return brokenTopic;
    }

    private void look() {
        try {
            new StateFolder(settings.stateDir()).markAgain();
            boolean missingNow = streams.state().isRunningOrRebalancing()
                    && !renewal.isUnderWay()
                    && streams.metadataForLocalThreads().size() < settings.threads();
            if (missing && missingNow) {
                stopBecause(new IllegalStateException("a stream thread could not be replaced, see the log"));
            }
            missing = missingNow;
            if (renewal.isStuck()) {
                stopBecause(
                        new IllegalStateException(
                                "the clock was set back, and a stream thread that waits for the broker does not end: start it again"));
            }
        } catch (RuntimeException e) {
            LOG.warn("the stream threads cannot be looked at: {}", e.toString());
        }
    }

    /**
     * Called on the thread that dies, whose open transaction will be aborted; what it held is tagged again by the thread that takes its
     * place. Kafka Streams lets a thread that cannot be replaced disappear; {@link #look} notices.
     */
    StreamThreadExceptionResponse threadDied(Throwable cause) {
        RecoveryPolicy.Verdict verdict = recovery.judge(cause);
        if (closing.getAsBoolean()) {
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
            LOG.error("the application stops ({}): {}", verdict.reason(), RecoveryPolicy.sentence(why));
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.warn(
                "a stream thread failed and is replaced in {} ms ({}): {}",
                verdict.pause().toMillis(),
                verdict.reason(),
                RecoveryPolicy.sentence(cause));
        pause(verdict.pause());
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** A thread that cannot be added counts as one that died. */
    private boolean mayTryAgain(Throwable cause) {
        RecoveryPolicy.Verdict verdict = recovery.judge(cause);
        if (!verdict.replace()) {
            LOG.error("the application stops ({}): {}", verdict.reason(), RecoveryPolicy.sentence(cause));
            stopBecause(cause);
            return false;
        }
        LOG.warn(
                "{}; trying again in {} ms ({})",
                cause.getMessage(),
                verdict.pause().toMillis(),
                verdict.reason());
        pause(verdict.pause());
        return !closing.getAsBoolean();
    }

    /** As if the clock had been set back. */
    void renew(Duration setBack) {
        renewal.renew(setBack);
    }

    /** Called by a watch: what it found ends the application. */
    void stopBecause(String sentence) {
        brokenTopic = true;
        LOG.error("the application stops: {}", sentence);
        stopBecause(new InvalidSettingException(sentence));
    }

    /** On a thread of its own: the stop ends the one that this is called on. */
    private void stopBecause(Throwable cause) {
        failure.compareAndSet(null, cause);
        Thread thread = new Thread(stop, "tagstream-stop");
        thread.setDaemon(true);
        thread.start();
    }

    private void pause(Duration pause) {
        waiting.incrementAndGet();
        changed.run();
        try {
            boolean stopped = stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            LOG.debug("paused for {} ms, stopped: {}", pause.toMillis(), stopped);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.decrementAndGet();
            changed.run();
        }
    }

    /** The stop has begun: nothing is replaced any more. */
    @Override
    public void close() {
        stopping.countDown();
        clock.close();
        timer.shutdownNow();
    }
}
