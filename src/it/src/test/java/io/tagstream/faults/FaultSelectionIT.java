package io.tagstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.faults.Stage.Model;
import io.tagstream.wire.InputFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The part of the fault suite that every build runs. */
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class FaultSelectionIT {
    private static final Set<String> BAD_INPUT = Set.of(
            "null key",
            "empty key",
            "null value, ends the stream",
            "random bytes",
            "key that is not UTF-8",
            "newer schema version, not known",
            "emoji and combining marks");

    @Test
    void shouldOutliveAKillWhileItTags(Stage stage) throws Exception {
        stage.run("kill -9 while it tags", Model.ENGLISH, Kills.at(3, Moment.FETCHING, Moment.SENDING));
    }

    @Test
    void shouldOutliveAKillWhileItCommits(Stage stage) throws Exception {
        stage.run(
                "kill -9 while it commits", Model.CHECKSUM, Kills.at(3, Moment.COMMITTING_OFFSETS, Moment.COMMITTING));
    }

    @Test
    void shouldOutliveBadInput(Stage stage) throws Exception {
        List<BadInput> kinds = BadInput.of(InputFormat.AVRO).stream()
                .filter(kind -> BAD_INPUT.contains(kind.name()))
                .toList();
        assertThat(kinds).hasSameSizeAs(BAD_INPUT);
        stage.run("bad input", Model.CHECKSUM, BadInputs.among(InputFormat.AVRO, 5, kinds));
    }

    @Test
    void shouldGoOnWhereItWasWhenOffsetsExpire(Stage stage) throws Exception {
        stage.run("offsets expired", Model.CHECKSUM, OffsetHarms.offsetsExpired(1));
    }

    @Test
    void shouldCountRecordsThatExpiredBeforeItStarted(Stage stage) throws Exception {
        stage.run("records expired while it was down", Model.CHECKSUM, InputHarms.recordsExpired(1));
    }
}
