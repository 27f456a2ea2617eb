package io.tagstream.settings;

import org.apache.kafka.clients.admin.OffsetSpec;
import org.jspecify.annotations.Nullable;

/**
 * Where a new application begins, and what happens when the input is not what the application left.
 *
 * @param from where a new application begins, or null for the beginning of its input; a known application goes on where it was
 * @param movedOffsets the group's offsets were moved past records that were not processed
 * @param missingRecords records were removed by retention before they were read
 * @param recreatedInput the input topic was deleted and created again, or truncated
 * @param lostStates the changelog of the states is gone
 */
public record InputPolicy(
        @Nullable OffsetSpec from,
        MovedOffsets movedOffsets,
        MissingRecords missingRecords,
        RecreatedInput recreatedInput,
        LostStates lostStates) {
    public static final InputPolicy DEFAULT = new InputPolicy(
            null, MovedOffsets.REFUSE, MissingRecords.CONTINUE, RecreatedInput.REFUSE, LostStates.REFUSE);

    /** Somebody moved the group's offsets forward. */
    public enum MovedOffsets {
        REFUSE,
        /** Skips what lies between. */
        ACCEPT
    }

    /** Retention was faster than the application. */
    public enum MissingRecords {
        /** Goes on at the first record that is left, with a warning and a count. */
        CONTINUE,
        STOP
    }

    /** The topic has another id, or ends before the position. */
    public enum RecreatedInput {
        REFUSE,
        /** Begins at the topic's start; the states are kept. */
        RESTART
    }

    /** The changelog is gone, and with it every stream's memory. */
    public enum LostStates {
        REFUSE,
        /** Every stream starts over; the position is kept. */
        RESET
    }

    /** The same with another place to begin. */
    public InputPolicy from(@Nullable OffsetSpec place) {
        return new InputPolicy(place, movedOffsets, missingRecords, recreatedInput, lostStates);
    }
}
