package io.tagstream.faults;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What happens to the offsets of an application's group, and between two offsets: what the selection and the whole suite share. */
final class OffsetHarms {
    private static final int HISTORY = 600;
    private static final int CHUNK = 200;
    private static final int FEW = 40;
    /** Streams that have nothing but ends. */
    private static final int ENDED = 20;

    private OffsetHarms() {}

    /** The group's offsets expire while the application is down. */
    static Stage.Case offsetsExpired(int times) {
        return trial -> {
            Application application = InputHarms.history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    InputHarms.stop(trial, application);
                    operator.forgetOffsets();
                    trial.struck();
                    trial.feed(CHUNK);
                    application = trial.start("a");
                    application.awaitLog("is gone, but it was processed up to offset");
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    /** Somebody sets the group's offsets back. */
    static Stage.Case offsetsMovedBack(int times) {
        return trial -> {
            Application application = InputHarms.history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    InputHarms.stop(trial, application);
                    Map<TopicPartition, Long> back = new HashMap<>();
                    operator.offsets().forEach((partition, offset) -> back.put(partition, offset / 2));
                    operator.moveOffsets(back);
                    trial.struck();
                    trial.feed(CHUNK);
                    application = trial.start("a");
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    /** Somebody sets the group's offsets past records that were not read: refused, until it is accepted. */
    static Stage.Case offsetsMovedForward(int times) {
        return trial -> {
            Application application = InputHarms.history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    InputHarms.stop(trial, application);
                    trial.feed(CHUNK);
                    Map<TopicPartition, Long> read = operator.offsets();
                    Map<TopicPartition, Long> to = InputHarms.between(trial, read, operator.ends(read.keySet()));
                    operator.moveOffsets(to);
                    trial.struck();
                    trial.start("a").awaitRefusal("--moved-offsets accept");
                    trial.sentInput().gone(InputHarms.within(trial, read, to));
                    application = trial.start("a", "--moved-offsets", "accept");
                    for (Map.Entry<TopicPartition, Long> moved : to.entrySet()) {
                        long was = read.getOrDefault(moved.getKey(), 0L);
                        if (was < moved.getValue()) {
                            application.awaitLog("of " + moved.getKey() + " was moved to " + moved.getValue()
                                    + ", but it was processed up to offset " + was
                                    + ": the records between are skipped");
                        }
                    }
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    /** kill -9 right after a record that is put out as a dead letter or not at all, and the offsets expire too. */
    static Stage.Case killedAfter(Supplier<Input> last, int times) {
        return trial -> {
            Application application = InputHarms.history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    trial.feed(List.of(last.get()));
                    trial.awaitDrained(application);
                    application.kill();
                    application.awaitKilled();
                    trial.awaitMembers(0);
                    operator.forgetOffsets();
                    trial.struck();
                    trial.feed(FEW);
                    application = trial.start("a");
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    /** The input comes in transactions, some of them aborted; kill -9 between, and the offsets expire. */
    static Stage.Case transactions(int times) {
        return trial -> {
            Application application = trial.start("a");
            try (Operator operator = new Operator(trial);
                    Producer<byte[], byte[]> producer = new KafkaProducer<>(
                            Map.of(
                                    "bootstrap.servers",
                                    trial.broker().direct(),
                                    "transactional.id",
                                    trial.name() + "-t"),
                            new ByteArraySerializer(),
                            new ByteArraySerializer())) {
                producer.initTransactions();
                for (int time = 0; time < trial.times(times); time++) {
                    feedInTransactions(trial, producer);
                    trial.awaitDrained(application);
                    application.kill();
                    application.awaitKilled();
                    trial.awaitMembers(0);
                    operator.forgetOffsets();
                    trial.struck();
                    feedInTransactions(trial, producer);
                    application = trial.start("a");
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    private static void feedInTransactions(Trial trial, Producer<byte[], byte[]> producer) throws Exception {
        for (int transaction = 0; transaction < 10; transaction++) {
            producer.beginTransaction();
            trial.send(producer, trial.mixed(FEW / 2));
            producer.commitTransaction();
            producer.beginTransaction();
            List<Future<RecordMetadata>> aborted = trial.mixed(FEW / 4).stream()
                    .map(input -> producer.send(trial.record(input)))
                    .toList();
            for (Future<RecordMetadata> written : aborted) {
                written.get();
            }
            producer.abortTransaction();
        }
        trial.awaitSent();
    }

    /** The input is compacted before it is read: holes lie where tombstones were, and the offsets expire. */
    static Stage.Case compacted(int times) {
        return trial -> {
            Application application = InputHarms.history(trial);
            String input = trial.topics().input();
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    InputHarms.stop(trial, application);
                    trial.group().set(input, TopicConfig.SEGMENT_MS_CONFIG, "100");
                    trial.group().set(input, TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.01");
                    trial.group().set(input, TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
                    Map<TopicPartition, Long> read = operator.offsets();
                    int before = trial.sent().size();
                    Set<String> streams = new HashSet<>();
                    for (Input one : trial.mixed(CHUNK)) {
                        // A stream's later record would replace its earlier one.
                        if (streams.add(one.stream())) {
                            trial.send(List.of(one, ended(trial)));
                        }
                    }
                    trial.feedUntil(
                            "holes before the offsets that are read next",
                            () -> List.of(ended(trial), ended(trial), ended(trial), ended(trial)),
                            () -> trial.read(input).stream()
                                            .filter(record -> record.offset()
                                                    >= read.getOrDefault(
                                                            new TopicPartition(input, record.partition()), 0L))
                                            .count()
                                    < trial.sent().size() - before);
                    operator.forgetOffsets();
                    trial.struck();
                    application = trial.start("a");
                    trial.awaitDrained(application);
                }
            }
            return new Application[] {application};
        };
    }

    /** The end of one of a few streams that have no other records. */
    private static Input ended(Trial trial) {
        return new Input("ended-" + trial.random().nextInt(ENDED), null, null, false);
    }

    /** Two instances hand partitions to each other, and the offsets expire while both are down. */
    static Stage.Case rebalanced(int times) {
        return trial -> {
            Application first = InputHarms.history(trial);
            try (Operator operator = new Operator(trial)) {
                for (int time = 0; time < trial.times(times); time++) {
                    Application second = trial.start(first.toString().equals("a") ? "b" : "a");
                    trial.feedUntil("both are members", () -> trial.group().members() == 2);
                    second.awaitRunning();
                    trial.feed(CHUNK);
                    first.kill();
                    first.awaitKilled();
                    trial.feed(CHUNK);
                    trial.awaitDrained(second);
                    InputHarms.stop(trial, second);
                    operator.forgetOffsets();
                    trial.struck();
                    trial.feed(FEW);
                    first = trial.start(second.toString());
                    trial.awaitDrained(first);
                }
            }
            return new Application[] {first};
        };
    }

    /** The first start of two instances at once: both want to write the identity. */
    static Stage.Case bothFirst() {
        return trial -> {
            Application[] both = {trial.start("a"), trial.start("b")};
            trial.struck();
            trial.feed(HISTORY);
            for (Application application : both) {
                application.awaitRunning();
            }
            trial.awaitDrained(both);
            int written = trial.read(trial.name() + "-identity").size();
            if (written != 1) {
                throw new IllegalStateException("the identity was written " + written + " times");
            }
            return both;
        };
    }
}
