package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two and three instances that join, leave and die. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RebalanceFaultsIT {
    private static final int STORMS = 14;
    private static final int CHUNK = 150;
    private static final int HISTORY = 2_000;
    private static final int RESTORES = 4;
    private static final int RESTORE_PLACES = 3;

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAStormOfRebalances(Model model, Stage stage) throws Exception {
        stage.run("rebalance storm: three instances join, leave, die", model, Rebalances.storm(STORMS));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveARebalanceDuringARestore(Model model, Stage stage) throws Exception {
        stage.run("rebalance while an instance restores", model, trial -> {
            Application first = trial.start("a");
            trial.feed(HISTORY);
            trial.awaitDrained(first);
            for (int restore = 0; restore < trial.times(RESTORES); restore++) {
                trial.feed(CHUNK);
                // The second takes over some partitions, and while it restores them the first dies.
                Application dying = first;
                String next = dying.toString().equals("a") ? "b" : "a";
                Directories.delete(trial.stateDir(next));
                Trap trap = trial.link(next)
                        .set(Trap.random(trial.random(), RESTORE_PLACES, dying::kill, Moment.RESTORING));
                Application second = trial.start(next);
                trial.awaitStruck(trap);
                dying.awaitKilled();
                trial.awaitDrained(second);
                first = second;
            }
            return new Application[] {first};
        });
    }
}
