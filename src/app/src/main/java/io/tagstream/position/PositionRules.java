package io.tagstream.position;

import io.tagstream.settings.InputPolicy;
import io.tagstream.stream.InvalidSettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * Where one partition of a known application goes on, from what is stored, what is committed and what the topic holds. No default skips
 * or repeats a record that is still there.
 */
public final class PositionRules {
    /**
     * What was found.
     *
     * @param position our own, or null
     * @param committed the group's offset, or null
     * @param committedByStreams whether Kafka Streams committed it, not a tool
     * @param groupIsEmpty whether nobody moves position and offset while they are compared
     * @param topicId of the topic that is there now
     * @param start the first offset that the topic still has
     * @param end the offset after its last record
     * @param hasRecordsBetween whether there are records from the position on, before the committed offset
     */
    public record Found(
            TopicPartition partition,
            @Nullable InputPosition position,
            @Nullable Long committed,
            boolean committedByStreams,
            boolean groupIsEmpty,
            Uuid topicId,
            long start,
            long end,
            BooleanSupplier hasRecordsBetween) {}

    /**
     * What follows.
     *
     * @param next where it goes on
     * @param warnings for the log
     */
    public record Verdict(InputPosition next, List<String> warnings) {
        public Verdict {
            warnings = List.copyOf(warnings);
        }
    }

    private final InputPolicy policy;

    public PositionRules(InputPolicy policy) {
        this.policy = policy;
    }

    /**
     * Judges one partition.
     *
     * @throws InvalidSettingException if the application must not start
     */
    public Verdict judge(Found found) {
        List<String> warnings = new ArrayList<>();
        InputPosition position = found.position();
        if (position != null && !position.topicId().equals(found.topicId())) {
            return recreated(
                    found, position, "it had the topic id " + position.topicId() + " and now has " + found.topicId());
        }
        long next = next(found, warnings);
        if (next > found.end()) {
            return recreated(
                    found,
                    new InputPosition(found.topicId(), next),
                    "it was processed up to offset " + next + " and now ends at " + found.end());
        }
        if (next < found.start() && policy.missingRecords() == InputPolicy.MissingRecords.STOP) {
            throw new InvalidSettingException("the records of " + found.partition() + " from offset " + next + " to "
                    + (found.start() - 1) + ", at most " + (found.start() - next)
                    + ", were removed by the topic's retention before they were read, and --missing-records is stop: start"
                    + " with --missing-records continue to go on at offset " + found.start());
        }
        return new Verdict(new InputPosition(found.topicId(), next), warnings);
    }

    private long next(Found found, List<String> warnings) {
        InputPosition position = found.position();
        Long committed = found.committed();
        if (position == null) {
            if (committed == null) {
                throw new InvalidSettingException(
                        "the input " + found.partition()
                                + " has neither a stored position nor a committed offset any more: say by --from where it goes on");
            }
            return committed;
        }
        if (!found.groupIsEmpty()) {
            return position.offset();
        }
        if (committed == null || committed < position.offset()) {
            warnings.add("the committed offset of " + found.partition() + " is "
                    + (committed == null ? "gone" : committed.toString())
                    + ", but it was processed up to offset " + position.offset() + ": it goes on there");
            return position.offset();
        }
        if (committed > position.offset() && wasMoved(found, position.offset(), committed)) {
            String what = "the committed offset of " + found.partition() + " was moved to " + committed
                    + ", but it was processed up to offset " + position.offset();
            if (policy.movedOffsets() == InputPolicy.MovedOffsets.REFUSE) {
                throw new InvalidSettingException(
                        what + ", and the records between would be skipped: set it back to " + position.offset()
                                + ", or start with --moved-offsets accept to skip them (or because an older build has tagged them)");
            }
            warnings.add(what + ": the records between are skipped, because --moved-offsets is accept");
        }
        return committed;
    }

    /** Markers of transactions and holes of compaction lie between the position and the offset that Kafka Streams commits. */
    private static boolean wasMoved(Found found, long position, long committed) {
        boolean unknown = position < found.start() && !found.committedByStreams();
        return unknown
                || (committed > found.start() && found.hasRecordsBetween().getAsBoolean());
    }

    private Verdict recreated(Found found, InputPosition position, String how) {
        String what = "the input " + found.partition() + " was recreated or truncated: " + how;
        if (policy.recreatedInput() == InputPolicy.RecreatedInput.REFUSE) {
            throw new InvalidSettingException(what + "; start with --recreated-input restart to begin at its start with"
                    + " the states kept, or let the application start over with tagstream reset");
        }
        return new Verdict(
                new InputPosition(found.topicId(), found.start()),
                List.of(what + ", after offset " + position.offset()
                        + ": it is read from its start, and the states are kept"));
    }
}
