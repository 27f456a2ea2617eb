package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One instance that is stopped, hard or by SIGTERM, at moments of its protocol. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class KillFaultsIT {
    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKillWhileItTags(Model model, Stage stage) throws Exception {
        stage.run("kill -9 while it tags", model, Kills.at(10, Moment.FETCHING, Moment.SENDING));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKillWhileItCommits(Model model, Stage stage) throws Exception {
        stage.run("kill -9 while it commits", model, Kills.at(10, Moment.COMMITTING_OFFSETS, Moment.COMMITTING));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKillWhileItRestores(Model model, Stage stage) throws Exception {
        stage.run("kill -9 while it restores", model, Kills.whileItRestores(8));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKillAndTheLossOfItsStateDirectory(Model model, Stage stage) throws Exception {
        stage.run("kill -9, state directory deleted", model, Kills.emptied(5));
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopOnSigtermWhateverItDoes(Model model, Stage stage) throws Exception {
        stage.run("SIGTERM", model, Kills.onSigterm(10));
    }
}
