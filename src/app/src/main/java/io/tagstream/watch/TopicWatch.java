package io.tagstream.watch;

import io.tagstream.admin.Brokers;
import io.tagstream.admin.WatchedTopic;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the application's topics still keep what is promised, by {@link TopicRules}. Its life:
 *
 * <ol>
 *   <li>{@link #checked} before Kafka Streams starts: refuses, or warns, and remembers the topics as they are;
 *   <li>{@link #start}: from then on ids and partition counts are looked at every {@link #PERIOD} with one request, settings every
 *       {@link #SETTINGS_PERIOD};
 *   <li>{@link #lookNow} and {@link #lookSoon} look at both at once, where a client reported an error;
 *   <li>{@link #close}.
 * </ol>
 *
 * What stops the application is confirmed by a second look. No answer is no finding: brokers that are unreachable, or that restart, have
 * not deleted a topic. A warning is given once. For any thread.
 */
public final class TopicWatch implements AutoCloseable {
    static final Duration PERIOD = Duration.ofSeconds(5);
    static final Duration SETTINGS_PERIOD = Duration.ofMinutes(1);

    /** The property by which the objects that Kafka Streams makes find it. */
    public static final String PROPERTY = "tagstream.topic.watch";

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    /** A broker that has not heard of a new topic yet hears of it within. */
    private static final Duration CONFIRMED_AFTER = Duration.ofSeconds(1);

    private final List<String> names;
    private final TopicRules rules;
    private final Admin admin;
    private final TopicLook look;
    private final Map<String, TopicView.Shape> first = new HashMap<>();
    private final Set<String> warned = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tagstream-topics");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Consumer<String> stop = sentence -> {};
    private long settingsSeen;

    private TopicWatch(StreamSettings settings, List<WatchedTopic> topics) {
        this.names = topics.stream().map(WatchedTopic::name).toList();
        this.rules = new TopicRules(settings.applicationId(), topics);
        this.admin = Brokers.open(settings);
        this.look = new TopicLook(admin);
    }

    /**
     * A watch over topics that allow the start; {@link #start} it, or close it.
     *
     * @throws InvalidSettingException if they do not allow it
     */
    public static TopicWatch checked(StreamSettings settings, List<WatchedTopic> topics) {
        TopicWatch watch = new TopicWatch(settings, topics);
        Optional<String> found = watch.lookNow();
        if (found.isPresent()) {
            watch.close();
            throw new InvalidSettingException(found.get());
        }
        return watch;
    }

    /** @param stop is told, once and on a thread of the watch, why the application must stop */
    public void start(Consumer<String> stop) {
        this.stop = stop;
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                () -> report(look(false)), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Looks at everything, within seconds. The answer is why the application must stop; empty where it need not. */
    public Optional<String> lookNow() {
        return look(true);
    }

    /** As {@link #lookNow}, on a thread of the watch; for callers that must not wait. */
    public void lookSoon() {
        if (asked.compareAndSet(false, true)) {
            try {
                timer.execute(() -> {
                    asked.set(false);
                    report(lookNow());
                });
            } catch (RejectedExecutionException e) {
                LOG.debug("the watch is closed", e);
            }
        }
    }

    private void report(Optional<String> found) {
        if (found.isPresent()) {
            timer.shutdown();
            stop.accept(found.get());
        }
    }

    private synchronized Optional<String> look(boolean everything) {
        try {
            boolean alsoSettings = everything || System.nanoTime() - settingsSeen >= SETTINGS_PERIOD.toNanos();
            if (findings(alsoSettings).isEmpty()) {
                return Optional.empty();
            }
            TimeUnit.NANOSECONDS.sleep(CONFIRMED_AFTER.toNanos());
            return findings(alsoSettings);
        } catch (InterruptedException e) {
            // It is being closed.
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The next look must come.
            LOG.debug("the topics could not be looked at", e);
        }
        return Optional.empty();
    }

    private Optional<String> findings(boolean alsoSettings) throws InterruptedException {
        TopicView view = look.shapes(names);
        Optional<String> found = judge(rules.shapes(first, view));
        view.known().forEach(first::putIfAbsent);
        if (found.isEmpty() && alsoSettings) {
            found = judge(rules.settings(look.settings(view.known().keySet())));
            settingsSeen = System.nanoTime();
        }
        return found;
    }

    private Optional<String> judge(List<TopicFinding> findings) {
        findings.stream()
                .filter(finding -> !finding.stops() && warned.add(finding.sentence()))
                .forEach(finding -> LOG.warn("{}", finding.sentence()));
        return findings.stream()
                .filter(TopicFinding::stops)
                .map(TopicFinding::sentence)
                .findFirst();
    }

    /** Ends the looks; one that is going on has no finding. */
    @Override
    public void close() {
        timer.shutdownNow();
        admin.close(Duration.ZERO);
    }
}
