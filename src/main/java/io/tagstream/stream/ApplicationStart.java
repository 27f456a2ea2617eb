package io.tagstream.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens before the application joins its group: it finds out who it is and where it was, compares that with what the brokers
 * have, and goes on there, or refuses.
 *
 * <ol>
 *   <li>Without an identity it is new, or of an older build, or was reset: the changelogs are created; identity and positions are written
 *       in one transaction, by one instance.
 *   <li>With one it must be the same. Each partition's position is compared with the committed offset and the topic,
 *       see {@link PositionRules}.
 * </ol>
 *
 * Everything here can be done twice: the brokers may go away in the middle.
 */
final class ApplicationStart {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationStart.class);
    /** How long a transaction of an instance that died may hold back positions that are committed. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

    private static final Duration RETRY = Duration.ofMillis(200);

    private final Brokers brokers;
    private final StreamSettings settings;
    private final PreparedTopics topics;
    private final IdentityTopic identityTopic;
    private final Changelogs changelogs;
    private final PositionLog positionLog;
    private final GroupOffsets group;
    private final List<TopicPartition> partitions;

    private ApplicationStart(Brokers brokers, StreamSettings settings, PreparedTopics topics) {
        this.brokers = brokers;
        this.settings = settings;
        this.topics = topics;
        identityTopic = new IdentityTopic(brokers, settings);
        changelogs = new Changelogs(brokers, settings);
        positionLog = new PositionLog(settings.applicationId());
        group = new GroupOffsets(brokers, settings.applicationId());
        partitions = PositionLog.partitions(topics.inputs().keySet(), topics.partitions());
    }

    /**
     * Does all of it.
     *
     * @return what the stream threads must know of the input
     * @throws InvalidSettingException if the application must not start
     * @throws StreamFailedException if the brokers do not answer in time, or refuse
     */
    static InputTracking check(StreamSettings settings, PreparedTopics topics) {
        Map<TopicPartition, InputPosition> positions =
                Brokers.with(settings, brokers -> new ApplicationStart(brokers, settings, topics).positions());
        return new InputTracking(topics.inputs(), positions, new MissingRecordCounts());
    }

    private Map<TopicPartition, InputPosition> positions() {
        try (Consumer<byte[], byte[]> consumer = brokers.consumer()) {
            Optional<IdentityRecord> found = readIdentity(consumer);
            if (found.isPresent() && found.get().identity() != null) {
                return goOn(consumer, found.get().identity());
            }
            return begin(consumer);
        }
    }

    private Optional<IdentityRecord> readIdentity(Consumer<byte[], byte[]> consumer) {
        String name = StreamNames.identity(settings.applicationId());
        if (!brokers.get(brokers.admin().listTopics().names(), "list the topics")
                .contains(name)) {
            OldDefaults.check(settings, brokers, topics.inputs().keySet());
            if (!settings.topics().create()) {
                throw new InvalidSettingException("there is no topic " + name + " on " + settings.bootstrapServers()
                        + ": create it with tagstream topics --application-id " + settings.applicationId()
                        + ", or leave out --no-create-topics");
            }
            identityTopic.create();
        }
        return identityTopic.read(consumer);
    }

    private ApplicationIdentity identity() {
        return ApplicationIdentity.of(settings, topics.inputs(), topics.partitions());
    }

    private Map<TopicPartition, InputPosition> begin(Consumer<byte[], byte[]> consumer) {
        Map<String, Uuid> logs = settings.hasMemory() ? newChangelogs(consumer) : Map.of();
        try (Producer<byte[], byte[]> writer = identityTopic.writer()) {
            Optional<IdentityRecord> now = identityTopic.read(consumer);
            if (now.isPresent() && now.get().identity() != null) {
                return goOn(consumer, now.get().identity());
            }
            Map<TopicPartition, InputPosition> positions =
                    firstPositions(now.map(IdentityRecord::reset).orElse(Map.of()));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            positions.forEach((partition, position) -> offsets.put(partition, position.offset()));
            group.set(offsets);
            if (identityTopic.write(writer, IdentityRecord.of(identity().withChangelogs(logs)), records(positions))) {
                return positions;
            }
        }
        // Another instance was faster.
        return positions();
    }

    private Map<String, Uuid> newChangelogs(Consumer<byte[], byte[]> consumer) {
        boolean wasReset = identityTopic.read(consumer).isPresent();
        boolean isKnown = !wasReset
                && group.committed().keySet().stream()
                        .anyMatch(partition -> topics.inputs().containsKey(partition.topic()));
        if (isKnown && !changelogs.ids().containsKey(changelogs.states())) {
            refuseLostStates("it is gone");
        }
        return changelogs.create(topics.partitions());
    }

    /** Without memory there is no store of positions. */
    private List<ProducerRecord<byte[], byte[]>> records(Map<TopicPartition, InputPosition> positions) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        if (settings.hasMemory()) {
            positions.forEach((partition, position) -> records.add(positionLog.record(partition, position)));
        }
        return records;
    }

    /** Where a reset has put it, or an older build was, or where the user wants to begin. */
    private Map<TopicPartition, InputPosition> firstPositions(Map<TopicPartition, InputPosition> reset) {
        Map<TopicPartition, OffsetAndMetadata> committed = group.committed();
        OffsetSpec from = settings.inputPolicy().from();
        Map<TopicPartition, Long> places =
                InputOffsets.at(brokers, partitions, from == null ? OffsetSpec.earliest() : from);
        Map<TopicPartition, Long> starts = InputOffsets.at(brokers, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = InputOffsets.at(brokers, partitions, OffsetSpec.latest());
        PositionRules rules = new PositionRules(settings.inputPolicy());
        boolean known = false;
        Map<TopicPartition, InputPosition> positions = new HashMap<>();
        for (TopicPartition partition : partitions) {
            InputPosition position = reset.get(partition);
            OffsetAndMetadata offset = committed.get(partition);
            if (position == null && offset == null) {
                long place = places.getOrDefault(partition, 0L);
                LOG.info("{} is read from offset {}", partition, place);
                positions.put(partition, new InputPosition(topicId(partition), place));
                continue;
            }
            known = true;
            PositionRules.Verdict verdict = rules.judge(new PositionRules.Found(
                    partition,
                    position,
                    position != null || offset == null ? null : offset.offset(),
                    true,
                    position == null,
                    topicId(partition),
                    starts.getOrDefault(partition, 0L),
                    ends.getOrDefault(partition, 0L),
                    () -> false));
            verdict.warnings().forEach(LOG::warn);
            LOG.info("{} goes on at offset {}", partition, verdict.next().offset());
            positions.put(partition, verdict.next());
        }
        if (known && from != null) {
            ignoreFrom();
        }
        return positions;
    }

    private Uuid topicId(TopicPartition partition) {
        return topics.inputs().getOrDefault(partition.topic(), Uuid.ZERO_UUID);
    }

    private void ignoreFrom() {
        LOG.info("--from is ignored: {} goes on where it was", settings.applicationId());
    }

    private Map<TopicPartition, InputPosition> goOn(Consumer<byte[], byte[]> consumer, ApplicationIdentity stored) {
        ApplicationIdentity now = identity();
        now.requireSameAs(stored, settings.applicationId());
        if (settings.inputPolicy().from() != null && settings.hasMemory()) {
            ignoreFrom();
        }
        Map<String, Uuid> logs = settings.hasMemory() ? knownChangelogs(stored) : Map.of();
        boolean positionsLost = settings.hasMemory()
                && !Objects.equals(logs.get(changelogs.positions()), stored.changelog(changelogs.positions()));
        Map<TopicPartition, InputPosition> before = new HashMap<>();
        Map<TopicPartition, InputPosition> after = new HashMap<>();
        Map<TopicPartition, Long> offsets = new HashMap<>();
        judge(consumer, positionsLost, stored, before, after, offsets);
        if (!offsets.isEmpty() && !group.set(offsets)) {
            LOG.info("the group {} has members by now: its offsets are left to them", settings.applicationId());
        }
        ApplicationIdentity next = now.withChangelogs(logs);
        Map<TopicPartition, InputPosition> changed = new HashMap<>(after);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        if (!next.equals(stored) || (settings.hasMemory() && !changed.isEmpty())) {
            try (Producer<byte[], byte[]> writer = identityTopic.writer()) {
                if (identityTopic.write(writer, IdentityRecord.of(next), records(changed))) {
                    return after;
                }
            }
            // Another instance was faster.
            return positions();
        }
        return after;
    }

    private Map<String, Uuid> knownChangelogs(ApplicationIdentity stored) {
        Map<String, Uuid> there = changelogs.ids();
        Uuid before = stored.changelog(changelogs.states());
        Uuid now = there.get(changelogs.states());
        if (now == null) {
            refuseLostStates("it is gone");
        } else if (!now.equals(before)) {
            refuseLostStates("its topic id was " + before + " and is now " + now);
        }
        return changelogs.create(topics.partitions());
    }

    private void refuseLostStates(String how) {
        String what = "the changelog " + changelogs.states()
                + " with the states of all streams was deleted or recreated (" + how + ")";
        if (settings.inputPolicy().lostStates() == InputPolicy.LostStates.REFUSE) {
            throw new InvalidSettingException(
                    what + ": start with --lost-states reset to go on with every stream starting"
                            + " over, or let the application start over with tagstream reset");
        }
        LOG.warn("{}: every stream starts over, because --lost-states is reset", what);
    }

    private void judge(
            Consumer<byte[], byte[]> consumer,
            boolean positionsLost,
            ApplicationIdentity stored,
            Map<TopicPartition, InputPosition> before,
            Map<TopicPartition, InputPosition> after,
            Map<TopicPartition, Long> offsets) {
        // Offsets first: a position that is read later can only be further on.
        boolean groupIsEmpty = group.members().isEmpty();
        Map<TopicPartition, OffsetAndMetadata> committed = group.committed();
        if (settings.hasMemory() && !positionsLost) {
            before.putAll(readPositions(consumer));
        } else {
            if (positionsLost) {
                LOG.warn(
                        "the changelog {} with the positions was deleted or recreated: the committed offsets say where it goes on",
                        changelogs.positions());
            }
            partitions.forEach(partition -> {
                OffsetAndMetadata offset = committed.get(partition);
                Uuid id = stored.inputs().get(partition.topic());
                if (offset != null && id != null) {
                    before.put(partition, new InputPosition(id, offset.offset()));
                }
            });
        }
        Map<TopicPartition, Long> starts = InputOffsets.at(brokers, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = InputOffsets.at(brokers, partitions, OffsetSpec.latest());
        PositionRules rules = new PositionRules(settings.inputPolicy());
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = committed.get(partition);
            InputPosition position = before.get(partition);
            OffsetSpec from = settings.inputPolicy().from();
            if (position == null && offset == null && from != null) {
                long place = InputOffsets.at(brokers, List.of(partition), from).getOrDefault(partition, 0L);
                LOG.info("{} is read from offset {}, as --from says", partition, place);
                after.put(partition, new InputPosition(topicId(partition), place));
                offsets.put(partition, place);
                continue;
            }
            long start = starts.getOrDefault(partition, 0L);
            InputPosition was = position;
            PositionRules.Verdict verdict = rules.judge(new PositionRules.Found(
                    partition,
                    position,
                    offset == null ? null : offset.offset(),
                    offset != null
                            && !offset.metadata().isEmpty(), // Kafka Streams keeps the time of the partition there
                    groupIsEmpty,
                    topicId(partition),
                    start,
                    ends.getOrDefault(partition, 0L),
                    () -> was != null
                            && offset != null
                            && liesBetween(consumer, partition, Math.max(was.offset(), start), offset.offset())));
            verdict.warnings().forEach(LOG::warn);
            after.put(partition, verdict.next());
            if (groupIsEmpty
                    && (offset == null || offset.offset() != verdict.next().offset())) {
                offsets.put(partition, verdict.next().offset());
            }
        }
    }

    private Map<TopicPartition, InputPosition> readPositions(Consumer<byte[], byte[]> consumer) {
        return brokers.ask(
                "read the topic " + changelogs.positions(),
                () -> positionLog.read(new LogReader(consumer), partitions));
    }

    /**
     * Records between a position and the offset that was committed with it cannot be. But the brokers end a transaction partition by
     * partition: the position may be on its way.
     */
    private boolean liesBetween(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long to) {
        long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (true) {
            if (!brokers.ask(
                    "read the input " + partition, () -> new LogReader(consumer).hasRecord(partition, from, to))) {
                return false;
            }
            InputPosition position = brokers.ask(
                            "read the topic " + changelogs.positions(),
                            () -> positionLog.read(new LogReader(consumer), List.of(partition)))
                    .get(partition);
            if (position != null && position.offset() >= to) {
                return false;
            }
            if (isSettled(consumer, new TopicPartition(changelogs.positions(), partition.partition()))
                    || System.nanoTime() > deadline) {
                return true;
            }
            LockSupport.parkNanos(RETRY.toNanos());
        }
    }

    /** Whether no transaction is open on a partition. */
    private boolean isSettled(Consumer<byte[], byte[]> consumer, TopicPartition log) {
        long stable = brokers.ask("read the topic " + log.topic(), () -> new LogReader(consumer).stableEnd(log));
        return stable
                >= InputOffsets.at(brokers, List.of(log), OffsetSpec.latest()).getOrDefault(log, 0L);
    }
}
