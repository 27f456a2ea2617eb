package io.tagstream.faults;

import static org.awaitility.Awaitility.await;

import io.tagstream.faults.Stage.Protocol;
import io.tagstream.fixture.KafkaRecords;
import io.tagstream.identity.Topics;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.settings.TopicSettings;
import io.tagstream.wire.OutgoingSentence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * One fault with one model: topics and an application of its own, an input that goes on as long as it is asked for, and what came
 * out in the end. Its life:
 *
 * <ol>
 *   <li>the case {@link #start}s instances, {@link #feed}s and does its harm, saying {@link #struck} each time;
 *   <li>{@link #finish} waits until all input is committed, stops the instances and waits until no transaction is open;
 *   <li>{@link #outcome} compares; it can do so at any time, as after a failure.
 * </ol>
 */
final class Trial implements AutoCloseable {
    static final int PARTITIONS = 4;
    /** How long it takes a dead instance for a living one. */
    static final String SESSION_MS = "6000";
    /** The exit code of an instance that stops by itself. */
    private static final int FAILED = 1;

    private static final Duration POLL = Duration.ofMillis(200);
    /** What a chunk of input holds while a trap waits. */
    private static final int CHUNK = 300;

    private static final int FEW = 20;

    private final Stage stage;
    private final String name;
    private final Path directory;
    private final long seed;
    private final Random random;
    private final TopicSettings topics;
    private final Group group;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Application> applications = new HashMap<>();
    private final Mixture mixture;
    private final SentInput sent = new SentInput();
    private final Path model;
    private final Protocol protocol;
    private final Map<Integer, Consumer<Oracle>> changes = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    /** A part of the input that has a row of the table for itself. */
    private static final class Row {
        private final String fault;
        private final int start;
        private int times;

        Row(String fault, int start) {
            this.fault = fault;
            this.start = start;
        }
    }

    /**
     * What goes into a row of the table.
     *
     * @param times how often the fault was done
     */
    record Part(String fault, int times, Outcome outcome) {}

    /** The parts in their order, and all of them together: only the whole knows what nobody sent. */
    record Result(List<Part> parts, Outcome whole) {}

    /** @param fault the row of the table */
    Trial(Stage stage, String fault, String name, Path model, Protocol protocol, Path directory, long seed)
            throws IOException {
        this.stage = stage;
        this.name = name;
        this.model = model;
        this.protocol = protocol;
        this.directory = Files.createDirectories(directory);
        this.seed = seed;
        this.random = new Random(seed);
        this.mixture = new Mixture(seed);
        this.rows.add(new Row(fault, 0));
        this.topics = new TopicSettings(name + "-in", name + "-out", name + "-dlq", true, PARTITIONS, 1);
        String servers = stage.broker().direct();
        this.group = new Group(servers, name);
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        servers,
                        "linger.ms",
                        5,
                        "delivery.timeout.ms",
                        (int) Duration.ofMinutes(10).toMillis(),
                        "max.block.ms",
                        (int) Duration.ofMinutes(10).toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        new Topics(StreamSettings.builder(servers)
                        .topics(topics)
                        .startTimeout(Application.PATIENCE)
                        .build())
                .create();
    }

    Random random() {
        return random;
    }

    BrokerProcess broker() {
        return stage.broker();
    }

    TopicSettings topics() {
        return topics;
    }

    Path model() {
        return model;
    }

    /** Where an instance's states lie. */
    Path stateDir(String instance) {
        return directory.resolve("state-" + instance);
    }

    /** The network of an instance. */
    Link link(String instance) {
        return stage.broker().links().get(linkOf(instance));
    }

    /** A file of this trial's own. */
    Path file(String fileName) {
        return directory.resolve(fileName);
    }

    /** The id of the application. */
    String name() {
        return name;
    }

    /** The names and settings of the topics and the group on the broker. */
    Group group() {
        return group;
    }

    /** The instances are called a, b, c. */
    private static int linkOf(String instance) {
        return instance.charAt(0) - 'a';
    }

    /**
     * Starts an instance, named for good so that it need not wait for its own session after a crash; the group protocol streams knows
     * no such names.
     */
    Application startNamed(String instance, String... more) throws IOException {
        if (protocol == Protocol.STREAMS) {
            return start(instance, more);
        }
        List<String> arguments = new ArrayList<>(List.of("--instance-id", instance));
        arguments.addAll(List.of(more));
        return start(instance, arguments.toArray(String[]::new));
    }

    /**
     * Starts an instance on its own link and state directory; it is not running yet when this returns.
     *
     * @param instance a, b or c
     * @param more arguments of {@code run}
     */
    Application start(String instance, String... more) throws IOException {
        return start(instance, Map.of(), List.of(), more);
    }

    Application start(String instance, Map<String, String> environment, List<String> prefix, String... more)
            throws IOException {
        List<String> given = List.of(more);
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers",
                "127.0.0.1:" + link(instance).port(),
                "--application-id",
                name,
                "--output-topic",
                topics.output(),
                "--dlq-topic",
                topics.deadLetters(),
                "--replication-factor",
                "1",
                "--state-dir",
                stateDir(instance).toString(),
                "--commit-interval",
                "30ms",
                "--kafka",
                "group.protocol=" + protocol.toString().toLowerCase(Locale.ROOT),
                "--kafka",
                "session.timeout.ms=" + SESSION_MS,
                "--kafka",
                "heartbeat.interval.ms=1000",
                // How long it takes an open transaction for one that goes on.
                "--kafka",
                "producer.transaction.timeout.ms=6000",
                // Many small steps, so that a fault comes between them.
                "--kafka",
                "max.poll.records=50"));
        if (!given.contains("--input-topic")) {
            arguments.addAll(List.of("--input-topic", topics.input()));
        }
        if (!given.contains("--model")) {
            arguments.addAll(List.of("--model", model.toString()));
        }
        arguments.addAll(given);
        Application application = Application.start(directory, instance, arguments, environment, prefix);
        applications.put(instance, application);
        return application;
    }

    /** What is sent from here on belongs to another row of the table. */
    void row(String fault) {
        if (row().start == sent.size()) {
            rows.remove(rows.size() - 1);
        }
        rows.add(new Row(fault, sent.size()));
    }

    private Row row() {
        return rows.get(rows.size() - 1);
    }

    /** One more fault was done. */
    void struck() {
        row().times++;
    }

    /** The part of a whole run that this one does, 1 for all. */
    double scale() {
        return stage.scale();
    }

    /** How often a case shall do its harm that wants to do it so often: less in a shorter run. */
    int times(int wanted) {
        return Math.max(1, (int) Math.round(wanted * stage.scale()));
    }

    /** So many further records of the mixed input, sent and acknowledged. */
    void feed(int count) throws Exception {
        feed(mixed(count));
    }

    /** Records of the case's own, sent and acknowledged. */
    void feed(List<Input> inputs) throws Exception {
        send(inputs);
        awaitSent();
    }

    /** Feeds a few records at a time until a condition holds. */
    void feedUntil(String what, Callable<Boolean> condition) {
        feedUntil(what, () -> mixed(FEW), condition);
    }

    /** The same with records of the case's own. */
    void feedUntil(String what, Supplier<List<Input>> chunks, Callable<Boolean> condition) {
        await(what).atMost(Application.PATIENCE).pollInterval(POLL).until(() -> {
            feed(chunks.get());
            return condition.call();
        });
    }

    /** The topic that holds the truth about the states. */
    String changelog() {
        return name + "-" + StreamNames.STORE + "-changelog";
    }

    /** Writes states into the changelog past the application. */
    void feedStates(List<ProducerRecord<byte[], byte[]>> states) throws Exception {
        for (ProducerRecord<byte[], byte[]> state : states) {
            producer.send(state).get(Application.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** All that was sent so far. */
    List<Input> sent() {
        return sent.inputs();
    }

    /** Where what was sent lies, and what of it is gone. */
    SentInput sentInput() {
        return sent;
    }

    /** So many further records of the mixed input, not sent. */
    List<Input> mixed(int count) {
        return mixture.next(count);
    }

    /** Sends records in their order; does not wait. */
    void send(List<Input> inputs) {
        send(producer, inputs);
    }

    /** The same by a producer of the case's own, as a transactional one. */
    void send(Producer<byte[], byte[]> by, List<Input> inputs) {
        for (Input input : inputs) {
            sent.add(input, by.send(record(input)));
        }
    }

    /** What is sent for it. */
    ProducerRecord<byte[], byte[]> record(Input input) {
        return new ProducerRecord<>(topics.input(), null, input.timestamp(), input.key(), input.value());
    }

    /** Waits until the broker has all that was sent. */
    void awaitSent() throws Exception {
        sent.awaitAcknowledged();
    }

    /** Feeds, chunk by chunk as the application gets through them, until the trap has struck. */
    void feedUntil(Trap trap) throws Exception {
        feedUntil(trap, () -> mixed(CHUNK));
    }

    /** The same with records of the case's own. */
    void feedUntil(Trap trap, Supplier<List<Input>> chunks) throws Exception {
        long deadline = System.nanoTime() + Application.PATIENCE.toNanos();
        while (!trap.struck().isDone()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the moment never came: " + trap);
            }
            send(chunks.get());
            await("the chunk, or " + trap)
                    .atMost(Application.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> trap.struck().isDone() || isDrained());
        }
        awaitStruck(trap);
    }

    /** Waits for a trap that needs no more input. */
    void awaitStruck(Trap trap) throws Exception {
        trap.struck().get(Application.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        struck();
    }

    /** Whether the application has committed all that was sent. */
    boolean isDrained() throws InterruptedException {
        return sent.isAcknowledged() && group.hasCommitted(topics.input(), sent.ends());
    }

    /** Waits until the group has so many members. */
    void awaitMembers(int count) {
        await("the group has " + count + " members")
                .atMost(Application.PATIENCE)
                .pollInterval(POLL)
                .until(() -> group.members() == count);
    }

    /** A fault lasts so long. */
    static void lasts(Duration duration) {
        await().pollDelay(duration).atMost(duration.plus(Application.PATIENCE)).until(() -> true);
    }

    /** Up to so many milliseconds. */
    Duration upTo(int millis) {
        return Duration.ofMillis(random.nextInt(millis));
    }

    /** How many records that were sent are not committed yet, as far as the broker knows. */
    long lag() throws InterruptedException {
        return sent.size() - group.committed();
    }

    /** Waits until all that was sent is committed, by instances that are alive all the while. */
    void awaitDrained(Application... alive) throws Exception {
        awaitSent();
        await("all " + sent.size() + " records are committed, seed " + seed)
                .atMost(Application.PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    for (Application application : alive) {
                        application.requireAlive();
                    }
                    return isDrained();
                });
    }

    /**
     * Waits until all that was sent is committed; an instance that stops by itself, with the exit code for that, is started again, as
     * a supervisor does.
     *
     * @return the instance that runs in the end, with the name for good
     */
    Application supervised(Application first) throws Exception {
        awaitSent();
        Application[] now = {first};
        await("all " + sent.size() + " records are committed, seed " + seed)
                .atMost(Application.PATIENCE)
                .pollInterval(POLL)
                .until(() -> {
                    if (!now[0].isAlive()) {
                        int code = now[0].awaitExit();
                        if (code != FAILED) {
                            throw new IllegalStateException(now[0] + " ended with " + code + ": " + now[0].log());
                        }
                        now[0] = startNamed(now[0].toString());
                    }
                    return isDrained();
                });
        return now[0];
    }

    /** Waits for all output, stops what runs, which must end well, and waits until no transaction is open any more. */
    void finish(Application... alive) throws Exception {
        awaitDrained(alive);
        for (Application application : alive) {
            // Others may have drained it all, and a process that has hardly begun does not know SIGTERM yet.
            application.awaitRunning();
            application.terminate();
        }
        for (Application application : alive) {
            application.awaitStopped();
        }
        awaitNoTransaction();
    }

    /** Waits until no transaction is open any more: what was left open is aborted. */
    void awaitNoTransaction() {
        await("no transaction is open")
                .atMost(Application.PATIENCE)
                .pollInterval(POLL)
                .until(() -> !group.isInTransaction(topics.output(), topics.deadLetters()));
    }

    /** From the next record on something else must come out. */
    void fromHere(Consumer<Oracle> change) {
        changes.put(sent.size(), change);
    }

    /** What came out so far beside what had to. */
    Result outcome() throws Exception {
        Map<String, Integer> places = new HashMap<>();
        sent.places()
                .forEach((partition, indexes) ->
                        indexes.forEach((offset, index) -> places.put(partition.partition() + "@" + offset, index)));
        List<Outcome.Expected> expected = expected();
        List<ConsumerRecord<byte[], byte[]>> tagged = read(topics.output());
        List<ConsumerRecord<byte[], byte[]>> deadLetters = read(topics.deadLetters());
        List<Integer> starts = rows.stream().map(row -> row.start).toList();
        List<Outcome> outcomes = Outcome.ofParts(starts, expected, places, tagged, deadLetters);
        List<Part> parts = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            parts.add(new Part(rows.get(row).fault, rows.get(row).times, outcomes.get(row)));
        }
        return new Result(parts, Outcome.of(expected, places, tagged, deadLetters));
    }

    private List<Outcome.Expected> expected() throws Exception {
        List<Outcome.Expected> expected = new ArrayList<>();
        try (Oracle oracle = new Oracle(model)) {
            for (Input input : sent.inputs()) {
                Consumer<Oracle> change = changes.get(expected.size());
                if (change != null) {
                    change.accept(oracle);
                }
                if (sent.isGone(expected.size())) {
                    expected.add(new Outcome.Expected(input, null, true));
                    continue;
                }
                OutgoingSentence tagged = oracle.next(input);
                expected.add(
                        new Outcome.Expected(input, tagged == null ? null : tagged.from(sent.source(expected.size()))));
            }
        }
        return expected;
    }

    /** The committed records of a topic, each partition in its order. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return KafkaRecords.readCommitted(stage.broker().direct(), topic);
    }

    @Override
    public void close() throws IOException {
        applications.values().forEach(Application::close);
        stage.broker().links().forEach(Link::heal);
        stage.broker().links().forEach(Link::unset);
        producer.close(Duration.ZERO);
        group.close();
        Directories.delete(directory, "state-");
    }
}
