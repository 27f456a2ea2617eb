package io.tagstream.reset;

import io.tagstream.admin.Brokers;
import io.tagstream.admin.GroupOffsets;
import io.tagstream.admin.InputOffsets;
import io.tagstream.admin.Poll;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.identity.Changelogs;
import io.tagstream.identity.IdentityRecord;
import io.tagstream.identity.IdentityTopic;
import io.tagstream.identity.PositionLog;
import io.tagstream.local.LocalStates;
import io.tagstream.position.InputPosition;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets an application start over: forgets its states and positions (the changelog topics and the local copies) and sets from where it reads its input.
 * What it has put out stays. A reset that was interrupted is completed by another.
 */
public final class ApplicationReset {
    private static final Duration RETRY = Duration.ofMillis(200);
    /** Longer than the transaction of an instance that died stays open. */
    private static final Duration TRANSACTIONS_WITHIN = Duration.ofSeconds(30);

    /** The end of the id of a transaction, after the application id. */
    private static final String PROCESS_AND_THREAD = "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\\d+";

    private final StreamSettings settings;
    private final String application;
    private final LocalStates localStates;

    /** For the application, topics and state directory of these settings. */
    public ApplicationReset(StreamSettings settings) {
        this.settings = settings;
        application = settings.applicationId();
        localStates = new LocalStates(settings);
    }

    /**
     * What it would do; changes nothing.
     *
     * @param to where the input is read from afterwards; a time after the last record is its end
     * @throws InvalidSettingException if there is no such input topic, or an instance of the application runs
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    public ResetPlan plan(OffsetSpec to) {
        return Brokers.with(settings, brokers -> plan(brokers, to));
    }

    /**
     * Does what the plan says.
     *
     * @throws InvalidSettingException if an instance of the application runs
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    public void execute(ResetPlan plan) {
        Brokers.with(settings, brokers -> {
            checkStopped(brokers);
            awaitTransactions(brokers);
            Map<TopicPartition, InputPosition> positions = positions(brokers, plan);
            note(brokers, IdentityRecord.ofUnfinishedReset(positions));
            deleteLocalStates();
            new Changelogs(brokers, settings).delete();
            commit(brokers, positions);
            note(brokers, IdentityRecord.ofReset(positions));
            return plan;
        });
    }

    private ResetPlan plan(Brokers brokers, OffsetSpec to) {
        checkStopped(brokers);
        checkInputs(brokers);
        List<TopicPartition> partitions = inputs(brokers).values().stream()
                .flatMap(ApplicationReset::partitions)
                .toList();
        Map<TopicPartition, OffsetAndMetadata> committed = new GroupOffsets(brokers, application).committed();
        Map<TopicPartition, Long> targets = InputOffsets.at(brokers, partitions, to);
        List<ResetPlan.Offset> offsets = partitions.stream()
                .map(partition -> new ResetPlan.Offset(
                        partition.topic(),
                        partition.partition(),
                        offset(committed.get(partition)),
                        targets.getOrDefault(partition, 0L)))
                .toList();
        List<String> changelogs = new Changelogs(brokers, settings)
                .ids().keySet().stream().sorted().toList();
        return new ResetPlan(offsets, changelogs, localStates.exist() ? localStates.directory() : null);
    }

    /** A mistyped input would cost the states and leave the input as it is. */
    private void checkInputs(Brokers brokers) {
        String identity = StreamNames.identity(application);
        if (!brokers.get(brokers.admin().listTopics().names(), "list the topics")
                .contains(identity)) {
            return;
        }
        try (Consumer<byte[], byte[]> consumer = brokers.consumer()) {
            new IdentityTopic(brokers, settings)
                    .read(consumer)
                    .map(IdentityRecord::identity)
                    .ifPresent(stored -> stored.requireInputs(settings.topics().inputs(), application));
        }
    }

    private static @Nullable Long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? null : committed.offset();
    }

    private Map<String, TopicDescription> inputs(Brokers brokers) {
        Map<String, TopicDescription> topics = new TreeMap<>();
        settings.topics().inputs().forEach(name -> topics.put(name, input(brokers, name)));
        return topics;
    }

    private TopicDescription input(Brokers brokers, String input) {
        return brokers.get(
                        brokers.admin().describeTopics(List.of(input)).allTopicNames(),
                        "describe the topic " + input,
                        UnknownTopicOrPartitionException.class::isInstance)
                .map(topics -> topics.get(input))
                .orElseThrow(() -> new InvalidSettingException("there is no topic " + input + " on "
                        + settings.bootstrapServers() + ": give its name by --input-topic"));
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return PositionLog.partitions(List.of(topic.name()), topic.partitions().size()).stream();
    }

    private void checkStopped(Brokers brokers) {
        List<String> members = new GroupOffsets(brokers, application).members();
        if (!members.isEmpty()) {
            throw new InvalidSettingException(application + " is running, with the members "
                    + String.join(", ", members) + ": stop every instance first (one that was killed, or that has an"
                    + " --instance-id, is a member until its session ends, after some 15 s)");
        }
    }

    /** An open one could still commit offsets, or states, of the time before. The broker ends that of an instance that died. */
    private void awaitTransactions(Brokers brokers) {
        ListTransactionsOptions open = new ListTransactionsOptions()
                .filterStates(EnumSet.of(
                        TransactionState.ONGOING, TransactionState.PREPARE_ABORT, TransactionState.PREPARE_COMMIT));
        Poll.untilTrue(
                TRANSACTIONS_WITHIN,
                RETRY,
                () -> brokers.get(brokers.admin().listTransactions(open).all(), "list the open transactions").stream()
                        .noneMatch(transaction -> isOurs(transaction.transactionalId())),
                () -> new StreamFailedException(
                        application + " has a transaction open for more than " + TRANSACTIONS_WITHIN.toSeconds()
                                + " s: nothing was reset; try again when the brokers have ended it",
                        null));
    }

    private boolean isOurs(String transactionalId) {
        return transactionalId.startsWith(application)
                && transactionalId.substring(application.length()).matches(PROCESS_AND_THREAD);
    }

    private void deleteLocalStates() {
        try {
            localStates.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the local states in " + localStates.directory() + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    private Map<TopicPartition, InputPosition> positions(Brokers brokers, ResetPlan plan) {
        Map<String, Uuid> ids = new HashMap<>();
        inputs(brokers).forEach((name, topic) -> ids.put(name, topic.topicId()));
        Map<TopicPartition, InputPosition> positions = new HashMap<>();
        for (ResetPlan.Offset offset : plan.offsets()) {
            positions.put(
                    new TopicPartition(offset.topic(), offset.partition()),
                    new InputPosition(ids.getOrDefault(offset.topic(), Uuid.ZERO_UUID), offset.to()));
        }
        return positions;
    }

    /**
     * A note in the identity topic, before and after: a start that finds the first knows that the reset was interrupted, one that finds
     * the second that the states were forgotten on purpose, and where to begin even where the brokers have forgotten the group's offsets.
     */
    private void note(Brokers brokers, IdentityRecord record) {
        IdentityTopic identity = new IdentityTopic(brokers, settings);
        identity.create();
        try (Producer<byte[], byte[]> writer = identity.writer()) {
            if (!identity.write(writer, record, List.of())) {
                throw new StreamFailedException(
                        "another instance of " + application + " starts at this moment: stop it, and reset again",
                        null);
            }
        }
    }

    private void commit(Brokers brokers, Map<TopicPartition, InputPosition> positions) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        positions.forEach((partition, position) -> offsets.put(partition, position.offset()));
        if (!new GroupOffsets(brokers, application).set(offsets)) {
            checkStopped(brokers);
        }
    }
}
