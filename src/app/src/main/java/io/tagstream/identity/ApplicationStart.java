package io.tagstream.identity;

import static java.util.stream.Collectors.joining;

import io.tagstream.admin.Brokers;
import io.tagstream.admin.GroupOffsets;
import io.tagstream.admin.InputOffsets;
import io.tagstream.admin.StreamFailedException;
import io.tagstream.position.InputPosition;
import io.tagstream.position.InputTracking;
import io.tagstream.position.MissingRecordCounts;
import io.tagstream.position.PositionRules;
import io.tagstream.settings.InputPolicy;
import io.tagstream.settings.PreparedTopics;
import io.tagstream.settings.StreamNames;
import io.tagstream.settings.StreamSettings;
import io.tagstream.stream.InvalidSettingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
public final class ApplicationStart {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationStart.class);
    private final Brokers brokers;
    private final StreamSettings settings;
    private final PreparedTopics topics;
    private final IdentityTopic identityTopic;
    private final Changelogs changelogs;
    private final PositionLog positionLog;
    private final StoredPositions storedPositions;
    private final GroupOffsets group;
    private final List<TopicPartition> partitions;
    private final MissingRecordCounts missing = new MissingRecordCounts();

    private ApplicationStart(Brokers brokers, StreamSettings settings, PreparedTopics topics) {
        this.brokers = brokers;
        this.settings = settings;
        this.topics = topics;
        identityTopic = new IdentityTopic(brokers, settings);
        changelogs = new Changelogs(brokers, settings);
        positionLog = new PositionLog(settings.applicationId());
        storedPositions = new StoredPositions(brokers, settings.applicationId());
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
    public static InputTracking check(StreamSettings settings, PreparedTopics topics) {
        return Brokers.with(settings, brokers -> new ApplicationStart(brokers, settings, topics).tracking());
    }

    private InputTracking tracking() {
        Map<TopicPartition, InputPosition> positions = positions();
        // Without memory there is no position that could be trusted later.
        return new InputTracking(
                topics.inputs(), settings.hasMemory() ? positions : Map.of(), missing, new MovedOffsetsCheck(settings));
    }

    private Map<TopicPartition, InputPosition> positions() {
        try (Consumer<byte[], byte[]> consumer = brokers.consumer()) {
            Optional<IdentityRecord> found = identityTopic.readOrCreate(consumer);
            if (found.isPresent() && found.get().isUnfinished()) {
                throw new InvalidSettingException("a reset of " + settings.applicationId()
                        + " was interrupted: complete it by another tagstream reset --application-id "
                        + settings.applicationId());
            }
            if (found.isPresent() && found.get().identity() != null) {
                return goOn(consumer, found.get().identity(), false);
            }
            if (found.isEmpty()) {
                OldDefaults.check(settings, brokers, topics.inputs().keySet());
            }
            return begin(consumer);
        }
    }

    /** Where there are positions there was an identity: it is taken for ours, and written again. */
    private Optional<ApplicationIdentity> lostIdentity(Consumer<byte[], byte[]> consumer) {
        if (!settings.hasMemory() || !hasPositions(consumer)) {
            return Optional.empty();
        }
        LOG.warn(
                "the identity of {} is gone from topic {}, but its positions are there: it goes on at them, and the identity is"
                        + " written again",
                settings.applicationId(),
                StreamNames.identity(settings.applicationId()));
        return Optional.of(identity(changelogs.ids()));
    }

    private boolean hasPositions(Consumer<byte[], byte[]> consumer) {
        return changelogs.ids().containsKey(changelogs.positions())
                && !storedPositions.read(consumer, partitions).isEmpty();
    }

    private ApplicationIdentity identity(Map<String, Uuid> logs) {
        return ApplicationIdentity.of(
                settings,
                topics.inputs(),
                topics.partitions(),
                logs,
                settings.hasMemory() ? changelogs.firstStates() : 0);
    }

    private Map<TopicPartition, InputPosition> begin(Consumer<byte[], byte[]> consumer) {
        Map<String, Uuid> logs = settings.hasMemory() ? newChangelogs(consumer) : Map.of();
        try (Producer<byte[], byte[]> writer = identityTopic.writer()) {
            Optional<IdentityRecord> now = identityTopic.read(consumer);
            if (now.isPresent() && now.get().identity() != null) {
                return goOn(consumer, now.get().identity(), false);
            }
            if (now.isEmpty()) {
                Optional<ApplicationIdentity> lost = lostIdentity(consumer);
                if (lost.isPresent()) {
                    return goOn(consumer, lost.get(), true);
                }
            }
            Map<TopicPartition, InputPosition> positions =
                    firstPositions(now.map(IdentityRecord::reset).orElse(Map.of()));
            Map<TopicPartition, Long> offsets = new HashMap<>();
            positions.forEach((partition, position) -> offsets.put(partition, position.offset()));
            group.set(offsets);
            if (identityTopic.write(writer, IdentityRecord.of(identity(logs)), records(positions))) {
                return positions;
            }
        }
        // Another instance was faster.
        return positions();
    }

    private Map<String, Uuid> newChangelogs(Consumer<byte[], byte[]> consumer) {
        boolean wasReset = identityTopic.read(consumer).isPresent();
        if (wasReset && changelogs.hasRecords()) {
            throw new InvalidSettingException("an instance of " + settings.applicationId()
                    + " from before the reset has written states since: stop it, and run tagstream reset again");
        }
        boolean isKnown = !wasReset && (hasPositions(consumer) || hasOffsets());
        boolean hasStates = changelogs.ids().containsKey(changelogs.states());
        if (isKnown && !hasStates) {
            refuseLostStates("it is gone");
        }
        if (!wasReset && !isKnown && settings.inputPolicy().from() == null && changelogs.hasRecords()) {
            throw new InvalidSettingException("there are states of " + settings.applicationId() + " in "
                    + changelogs.states()
                    + ", but neither a stored position nor a committed offset: say by --from where it"
                    + " goes on, or let it start over with tagstream reset");
        }
        requireWholeStates(0);
        return changelogs.create(topics.partitions());
    }

    private boolean hasOffsets() {
        return group.committed().keySet().stream()
                .anyMatch(partition -> topics.inputs().containsKey(partition.topic()));
    }

    /** Compaction never removes the first offset of a log: if it has moved, records were deleted. */
    private void requireWholeStates(long before) {
        long now = changelogs.firstStates();
        if (now > before) {
            refuseLostStates(
                    "records were removed from it: the sum of its first offsets was " + before + " and is now " + now);
        }
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
        if (!reset.isEmpty() && partitions.stream().noneMatch(reset::containsKey)) {
            LOG.warn(
                    "{} was reset for the input {}, and reads another one now",
                    settings.applicationId(),
                    reset.keySet().stream()
                            .map(TopicPartition::topic)
                            .distinct()
                            .sorted()
                            .collect(joining(",")));
        }
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

    /** @param write whether the identity must be written even where nothing has changed */
    private Map<TopicPartition, InputPosition> goOn(
            Consumer<byte[], byte[]> consumer, ApplicationIdentity stored, boolean write) {
        identity(Map.of()).requireSameAs(stored, settings.applicationId());
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
        ApplicationIdentity next = identity(logs);
        Map<TopicPartition, InputPosition> changed = new HashMap<>(after);
        if (!positionsLost) {
            changed.entrySet().removeIf(entry -> entry.getValue().equals(before.get(entry.getKey())));
        }
        if (write || !next.equals(stored) || (settings.hasMemory() && !changed.isEmpty())) {
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
        } else {
            requireWholeStates(stored.statesStart());
        }
        return changelogs.create(topics.partitions());
    }

    private void refuseLostStates(String how) {
        String what = "the changelog " + changelogs.states()
                + " with the states of all streams was deleted, recreated or emptied (" + how + ")";
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
            before.putAll(storedPositions.read(consumer, partitions));
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
            if (position == null && offset != null && settings.hasMemory()) {
                LOG.warn(
                        "the stored position of {} is gone: the committed offset {} says where it goes on",
                        partition,
                        offset.offset());
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
                            && storedPositions.liesBetween(
                                    consumer, partition, Math.max(was.offset(), start), offset.offset())));
            verdict.warnings().forEach(LOG::warn);
            InputPosition next = verdict.next();
            if (groupIsEmpty && next.offset() < start) {
                // Said and moved now, or each start would say it again until a record comes.
                missing.passOver(partition, next.offset(), start);
                next = new InputPosition(next.topicId(), start);
            }
            after.put(partition, next);
            if (groupIsEmpty && (offset == null || offset.offset() != next.offset())) {
                offsets.put(partition, next.offset());
            }
        }
    }
}
