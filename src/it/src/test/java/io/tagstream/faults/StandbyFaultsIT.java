package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import io.tagstream.faults.Stage.Protocol;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two instances with standby replicas, one of which dies, under both group protocols. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StandbyFaultsIT {
    private static final int KILLS = 2;

    @ParameterizedTest
    @EnumSource
    void shouldTakeOverWithItsStandbyCopies(Model model, Stage stage) throws Exception {
        stage.run("kill -9, a standby takes over", model, Kills.standbyTakesOver(KILLS));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeOverWithItsStandbyCopiesUnderTheStreamsProtocol(Model model, Stage stage) throws Exception {
        stage.run("kill -9, a standby takes over", model, Protocol.STREAMS, Kills.standbyTakesOver(KILLS));
    }
}
