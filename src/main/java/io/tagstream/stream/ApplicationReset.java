package io.tagstream.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Lets an application begin anew: forgets its states (the change log topic and the local copies) and sets from where it reads its input.
 * What it has put out stays. A reset that was interrupted is completed by another.
 */
public final class ApplicationReset {
    private static final Duration RETRY = Duration.ofMillis(200);
    /** Longer than the transaction of an instance that died stays open. */
    private static final Duration TRANSACTIONS_WITHIN = Duration.ofSeconds(30);

    private static final Duration DELETED_WITHIN = Duration.ofSeconds(30);
    /** The end of the id of a transaction, after the application id. */
    private static final String PROCESS_AND_THREAD = "-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\\d+";

    private final StreamSettings settings;
    private final String application;
    private final String changelog;
    private final LocalStates localStates;

    /** For the application, topics and state directory of these settings. */
    public ApplicationReset(StreamSettings settings) {
        this.settings = settings;
        application = settings.applicationId();
        changelog = StreamNames.changelog(application);
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
            deleteLocalStates();
            deleteChangelog(brokers);
            commit(brokers, plan);
            return plan;
        });
    }

    private ResetPlan plan(Brokers brokers, OffsetSpec to) {
        checkStopped(brokers);
        List<TopicPartition> partitions = inputPartitions(brokers);
        Map<TopicPartition, OffsetAndMetadata> committed = brokers.get(
                        brokers.admin().listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata(),
                        "tell the offsets of " + application,
                        GroupIdNotFoundException.class::isInstance)
                .orElse(Map.of());
        Map<TopicPartition, Long> targets = offsets(brokers, partitions, to);
        List<ResetPlan.Offset> offsets = partitions.stream()
                .map(partition -> new ResetPlan.Offset(
                        partition.topic(),
                        partition.partition(),
                        offset(committed.get(partition)),
                        targets.getOrDefault(partition, 0L)))
                .toList();
        boolean hasChangelog = brokers.get(brokers.admin().listTopics().names(), "list the topics")
                .contains(changelog);
        return new ResetPlan(
                offsets, hasChangelog ? changelog : null, localStates.exist() ? localStates.directory() : null);
    }

    private static @Nullable Long offset(@Nullable OffsetAndMetadata committed) {
        return committed == null ? null : committed.offset();
    }

    private List<TopicPartition> inputPartitions(Brokers brokers) {
        return settings.topics().inputs().stream()
                .flatMap(input -> partitions(brokers, input))
                .toList();
    }

    private Stream<TopicPartition> partitions(Brokers brokers, String input) {
        TopicDescription topic = brokers.get(
                        brokers.admin().describeTopics(List.of(input)).allTopicNames(),
                        "describe the topic " + input,
                        UnknownTopicOrPartitionException.class::isInstance)
                .map(topics -> topics.get(input))
                .orElseThrow(() -> new InvalidSettingException("there is no topic " + input + " on "
                        + settings.bootstrapServers() + ": give its name by --input-topic"));
        return IntStream.range(0, topic.partitions().size())
                .mapToObj(partition -> new TopicPartition(input, partition));
    }

    private static Map<TopicPartition, Long> offsets(Brokers brokers, List<TopicPartition> partitions, OffsetSpec to) {
        Map<TopicPartition, Long> offsets = list(brokers, partitions, to);
        List<TopicPartition> without = partitions.stream()
                .filter(partition -> offsets.getOrDefault(partition, -1L) < 0)
                .toList();
        if (!without.isEmpty()) {
            offsets.putAll(list(brokers, without, OffsetSpec.latest()));
        }
        return offsets;
    }

    private static Map<TopicPartition, Long> list(Brokers brokers, List<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> specs =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> listed =
                brokers.get(brokers.admin().listOffsets(specs).all(), "list the offsets of the input");
        Map<TopicPartition, Long> offsets = new HashMap<>();
        listed.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    /** A group is described by its kind, and which kind it is the group protocol of the instances decided. */
    private void checkStopped(Brokers brokers) {
        Admin admin = brokers.admin();
        String what = "describe the group " + application;
        List<String> members = new ArrayList<>();
        brokers.get(
                        admin.describeConsumerGroups(List.of(application)).all(),
                        what,
                        GroupIdNotFoundException.class::isInstance)
                .ifPresent(groups -> groups.values()
                        .forEach(group -> group.members().forEach(member -> members.add(member.clientId()))));
        brokers.get(
                        admin.describeStreamsGroups(List.of(application)).all(),
                        what,
                        e -> e instanceof GroupIdNotFoundException || e instanceof UnsupportedVersionException)
                .ifPresent(groups -> groups.values()
                        .forEach(group -> group.members().forEach(member -> members.add(member.clientId()))));
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
        long deadline = System.nanoTime() + TRANSACTIONS_WITHIN.toNanos();
        while (brokers.get(brokers.admin().listTransactions(open).all(), "list the open transactions").stream()
                .anyMatch(transaction -> isOurs(transaction.transactionalId()))) {
            if (System.nanoTime() > deadline) {
                throw new StreamFailedException(
                        application + " has a transaction open for more than " + TRANSACTIONS_WITHIN.toSeconds()
                                + " s: nothing was reset; try again when the brokers have ended it",
                        null);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
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

    private void deleteChangelog(Brokers brokers) {
        String what = "delete the topic " + changelog;
        brokers.get(
                brokers.admin().deleteTopics(List.of(changelog)).all(),
                what,
                UnknownTopicOrPartitionException.class::isInstance);
        long deadline = System.nanoTime() + DELETED_WITHIN.toNanos();
        while (brokers.get(brokers.admin().listTopics().names(), "list the topics")
                .contains(changelog)) {
            if (System.nanoTime() > deadline) {
                throw new StreamFailedException("the Kafka brokers did not " + what + " in time: try again", null);
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    private void commit(Brokers brokers, ResetPlan plan) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (ResetPlan.Offset offset : plan.offsets()) {
            offsets.put(new TopicPartition(offset.topic(), offset.partition()), new OffsetAndMetadata(offset.to()));
        }
        brokers.get(
                brokers.admin().alterConsumerGroupOffsets(application, offsets).all(),
                "set the offsets of " + application);
    }
}
