package io.tagstream.faults;

import io.tagstream.settings.TopicSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;

/** What happens to records and topics of an application: what the selection and the whole suite share. */
final class InputHarms {
    private static final int HISTORY = 600;
    private static final int CHUNK = 200;
    private static final Duration TTL = Duration.ofSeconds(60);

    private InputHarms() {}

    /** Retention removes records that were not read yet, while the application is down. */
    static Stage.Case recordsExpired(int times) {
        return trial -> {
            Application application = history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    stop(trial, application);
                    trial.feed(CHUNK);
                    Map<TopicPartition, Long> read = operator.offsets();
                    Map<TopicPartition, Long> first = between(trial, read, operator.ends(read.keySet()));
                    operator.removeBefore(first);
                    trial.struck();
                    application = trial.start("a");
                    trial.awaitDrained(application);
                    requireSame(Gone.said(trial, application), within(trial, read, first));
                }
            }
            return new Application[] {application};
        };
    }

    /** Retention removes records that were not read yet, while the application runs and lags. */
    static Stage.Case recordsExpiredWhileItRuns(int times) {
        return trial -> {
            Application application = history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    // It stands still, so that the records go before it has asked for them.
                    application.pause();
                    // The request that waits at the broker gets the first of them.
                    trial.feed(CHUNK);
                    Map<TopicPartition, Long> asked =
                            operator.ends(operator.offsets().keySet());
                    trial.feed(CHUNK);
                    operator.removeBefore(between(trial, asked, operator.ends(asked.keySet())));
                    application.resume();
                    trial.struck();
                    trial.awaitDrained(application);
                }
            }
            Gone.said(trial, application);
            return new Application[] {application};
        };
    }

    /** The changelog of the states is deleted and created again, empty, while the application is down. */
    static Stage.Case changelogRecreated(int times) {
        return trial -> {
            Application application = history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    stop(trial, application);
                    operator.recreate(trial.changelog(), TopicConfig.CLEANUP_POLICY_COMPACT);
                    trial.struck();
                    trial.fromHere(Oracle::forgetAll);
                    trial.feed(CHUNK);
                    trial.start("a").awaitRefusal("--lost-states reset");
                    application = trial.start("a", "--lost-states", "reset");
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    /** A second instance reads another topic under the same application id, while the first runs, and after it. */
    static Stage.Case twoInputs() {
        return trial -> {
            String other = trial.topics().input() + "-other";
            Application application = history(trial);
            try (Operator operator = new Operator(trial)) {
                operator.create(other, TopicConfig.CLEANUP_POLICY_DELETE);
            }
            refuseInput(trial, other);
            trial.feed(CHUNK);
            trial.awaitDrained(application);
            stop(trial, application);
            refuseInput(trial, other);
            trial.feed(CHUNK);
            return new Application[] {trial.start("a")};
        };
    }

    private static void refuseInput(Trial trial, String other) throws Exception {
        TopicSettings topics = trial.topics();
        trial.start("b", "--input-topic", other)
                .awaitRefusal("was started with input topics " + topics.input() + ", and this instance has " + other);
        trial.struck();
    }

    /** The input gets more partitions while the application is down: refused, and all that was processed stays as it is. */
    static Stage.Case partitionsAdded() {
        return trial -> {
            Application application = history(trial);
            stop(trial, application);
            int more = Trial.PARTITIONS + 1;
            try (Operator operator = new Operator(trial)) {
                operator.addPartitions(more);
            }
            trial.struck();
            trial.start("a")
                    .awaitRefusal("has " + more + " partitions, but " + trial.changelog() + " has " + Trial.PARTITIONS);
            return new Application[0];
        };
    }

    /** Records with the largest timestamps between others, while states expire. */
    static Stage.Case largestTimestamps(int times) {
        return trial -> {
            trial.fromHere(oracle -> oracle.expire(TTL));
            String[] ttl = {"--state-ttl", TTL.toSeconds() + "s"};
            Application application = trial.start("a", ttl);
            long start = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
            for (int time = 0; time < trial.times(times); time++) {
                List<Input> inputs = new ArrayList<>();
                for (Input input : trial.mixed(CHUNK)) {
                    // Half a second a record: no record is later than its time to live.
                    long at = start + 500L * (trial.sent().size() + inputs.size());
                    inputs.add(input.at(
                            switch (trial.random().nextInt(10)) {
                                case 0 -> Long.MAX_VALUE;
                                case 1 -> Long.MAX_VALUE - trial.random().nextInt(1_000);
                                default -> at;
                            }));
                }
                trial.feed(inputs);
                trial.struck();
                trial.awaitDrained(application);
                application.kill();
                application.awaitKilled();
                trial.awaitNoTransaction();
                application = trial.start("a", ttl);
            }
            return new Application[] {application};
        };
    }

    /** The input topic is deleted and created again while the application is down; without bad records, which lie at an offset twice. */
    static Stage.Case inputRecreated(int times) {
        return trial -> {
            Application application = trial.start("a");
            trial.feed(good(trial, HISTORY));
            trial.awaitDrained(application);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    stop(trial, application);
                    operator.recreate(trial.topics().input(), TopicConfig.CLEANUP_POLICY_DELETE);
                    trial.sentInput().recreated();
                    trial.struck();
                    trial.feed(good(trial, CHUNK));
                    trial.start("a").awaitRefusal("--recreated-input restart");
                    application = trial.start("a", "--recreated-input", "restart");
                    application.awaitLog("it is read from its start, and the states are kept");
                    application.awaitRunning();
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    static Application history(Trial trial) throws Exception {
        Application application = trial.start("a");
        trial.feed(HISTORY);
        trial.awaitDrained(application);
        return application;
    }

    /** Stops it and waits until the group knows. */
    static void stop(Trial trial, Application application) {
        application.awaitRunning();
        application.terminate();
        application.awaitStopped();
        trial.awaitMembers(0);
    }

    private static List<Input> good(Trial trial, int count) {
        return trial.mixed(count).stream().filter(input -> !input.bad()).toList();
    }

    /** An offset for each partition after the first of two, and at most the second, where they are not the same. */
    static Map<TopicPartition, Long> between(
            Trial trial, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Map<TopicPartition, Long> between = new HashMap<>();
        from.forEach((partition, start) -> {
            int length = (int) (to.getOrDefault(partition, start) - start);
            between.put(
                    partition, length == 0 ? start : start + 1 + trial.random().nextInt(length));
        });
        return between;
    }

    /** The input records from the first offsets on, before the second ones. */
    static Set<Integer> within(Trial trial, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Map<TopicPartition, NavigableMap<Long, Integer>> places =
                trial.sentInput().places();
        Set<Integer> within = new HashSet<>();
        from.forEach((partition, start) -> within.addAll(places.getOrDefault(partition, new TreeMap<>())
                .subMap(start, to.getOrDefault(partition, start))
                .values()));
        return within;
    }

    private static void requireSame(Set<Integer> said, Set<Integer> removed) {
        if (!said.equals(removed)) {
            throw new IllegalStateException(
                    removed.size() + " records were removed, but the application says " + said.size());
        }
    }
}
