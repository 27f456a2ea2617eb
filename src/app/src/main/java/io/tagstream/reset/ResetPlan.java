package io.tagstream.reset;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reset of an application would do; nothing has been done yet.
 *
 * @param offsets where each partition of the input topics is read from afterwards, topic by topic in the order of the partitions
 * @param changelogs the changelog topics that are deleted, with all states and positions in them
 * @param localStates the directory that is deleted, or null if there is none
 */
public record ResetPlan(
        List<Offset> offsets,
        List<String> changelogs,
        @Nullable Path localStates) {
    /**
     * One partition of an input topic.
     *
     * @param from the offset that is committed now, or null if none is
     * @param to the offset that is committed afterwards
     */
    public record Offset(
            String topic, int partition, @Nullable Long from, long to) {
        /** How many offsets are read again; records, but for markers of transactions and what was compacted away. */
        public long again() {
            return from == null ? 0 : Math.max(0, from - to);
        }

        /** How many offsets are never read. */
        public long skipped() {
            return from == null ? 0 : Math.max(0, to - from);
        }
    }

    public ResetPlan {
        offsets = List.copyOf(offsets);
        changelogs = List.copyOf(changelogs);
    }

    /** Whether an application of this name has left nothing that the brokers, or this machine, know of: perhaps a misspelled name. */
    public boolean isOfNobody() {
        return changelogs.isEmpty()
                && localStates == null
                && offsets.stream().allMatch(offset -> offset.from() == null);
    }
}
