package io.tagstream.option;

import io.tagstream.settings.InputPolicy;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code run}: where a new application begins, and what happens when the input is not what the application left. */
public final class InputOptions {
    @Option(
            names = "--from",
            paramLabel = "PLACE",
            converter = OffsetSpecConverter.class,
            description = "Where a new application begins: earliest, latest, or a time such as 2026-11-23 or "
                    + "2026-11-23T10:00:00Z (default: " + OffsetSpecConverter.EARLIEST
                    + "). A known application goes on where it was.")
    @Nullable
    OffsetSpec from;

    @Option(
            names = "--moved-offsets",
            paramLabel = "POLICY",
            description = "The group's offsets were moved past records that were not processed: refuse, or accept and "
                    + "skip them (default: ${DEFAULT-VALUE}).")
    InputPolicy.MovedOffsets movedOffsets = InputPolicy.DEFAULT.movedOffsets();

    @Option(
            names = "--missing-records",
            paramLabel = "POLICY",
            description = "Retention removed records before they were read: continue at the first one that is left, or "
                    + "stop (default: ${DEFAULT-VALUE}).")
    InputPolicy.MissingRecords missingRecords = InputPolicy.DEFAULT.missingRecords();

    @Option(
            names = "--recreated-input",
            paramLabel = "POLICY",
            description =
                    "The input topic was recreated or truncated: refuse, or restart at its beginning with the states "
                            + "kept (default: ${DEFAULT-VALUE}).")
    InputPolicy.RecreatedInput recreatedInput = InputPolicy.DEFAULT.recreatedInput();

    @Option(
            names = "--lost-states",
            paramLabel = "POLICY",
            description = "The changelog of the states was deleted: refuse, or reset every stream and go on "
                    + "(default: ${DEFAULT-VALUE}).")
    InputPolicy.LostStates lostStates = InputPolicy.DEFAULT.lostStates();

    public InputPolicy policy() {
        return new InputPolicy(from, movedOffsets, missingRecords, recreatedInput, lostStates);
    }
}
