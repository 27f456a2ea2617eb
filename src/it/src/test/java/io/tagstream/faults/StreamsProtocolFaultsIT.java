package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import io.tagstream.faults.Stage.Protocol;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The group protocol streams, under which the broker assigns the partitions: what matters most of the other cases, less often. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StreamsProtocolFaultsIT {
    private static final int TIMES = 3;
    private static final int STORMS = 6;

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKillWhileItTags(Model model, Stage stage) throws Exception {
        stage.run("kill -9 while it tags", model, Protocol.STREAMS, Kills.at(TIMES, Moment.FETCHING, Moment.SENDING));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKillWhileItCommits(Model model, Stage stage) throws Exception {
        stage.run(
                "kill -9 while it commits",
                model,
                Protocol.STREAMS,
                Kills.at(TIMES, Moment.COMMITTING_OFFSETS, Moment.COMMITTING));
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopOnSigtermWhateverItDoes(Model model, Stage stage) throws Exception {
        stage.run("SIGTERM", model, Protocol.STREAMS, Kills.onSigterm(TIMES));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAStormOfRebalances(Model model, Stage stage) throws Exception {
        stage.run(
                "rebalance storm: three instances join, leave, die", model, Protocol.STREAMS, Rebalances.storm(STORMS));
    }
}
