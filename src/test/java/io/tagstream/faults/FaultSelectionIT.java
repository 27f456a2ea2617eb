package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The part of the fault suite that every build runs. */
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class FaultSelectionIT {
    @Test
    void shouldOutliveAKillWhileItTags(Stage stage) throws Exception {
        stage.run("kill -9 while it tags", Model.ENGLISH, Kills.at(3, Moment.FETCHING, Moment.SENDING));
    }

    @Test
    void shouldOutliveAKillWhileItCommits(Stage stage) throws Exception {
        stage.run(
                "kill -9 while it commits", Model.CHECKSUM, Kills.at(3, Moment.COMMITTING_OFFSETS, Moment.COMMITTING));
    }
}
