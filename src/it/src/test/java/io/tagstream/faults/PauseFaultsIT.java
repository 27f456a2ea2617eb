package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import io.tagstream.faults.Trap.Fate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An instance stands still (SIGSTOP) for longer than its session and its transaction live, and goes on: what it had under way comes
 * too late, and must count for nothing.
 */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class PauseFaultsIT {
    private static final List<Fate> FATES = List.of(Fate.HELD, Fate.LOST, Fate.DONE, Fate.HELD);
    private static final int PLACES = 8;
    private static final int MEANWHILE = 200;
    private static final Moment[] WORK = {Moment.FETCHING, Moment.SENDING, Moment.COMMITTING_OFFSETS, Moment.COMMITTING
    };

    @ParameterizedTest
    @EnumSource
    void shouldTakeNothingFromAZombie(Model model, Stage stage) throws Exception {
        stage.run("SIGSTOP while another instance takes over, SIGCONT", model, trial -> {
            Application[] both = {trial.start("a"), trial.start("b")};
            trial.awaitMembers(2);
            for (Fate fate : FATES) {
                int at = trial.random().nextInt(2);
                Application paused = both[at];
                Trap trap = trial.link(paused.toString())
                        .set(Trap.random(trial.random(), PLACES, fate, paused::pause, WORK));
                trial.feedUntil(trap);
                trial.awaitMembers(1);
                trial.feed(MEANWHILE);
                trial.awaitDrained(both[1 - at]);
                paused.resume();
                trap.release();
                trial.feed(MEANWHILE);
                trial.awaitMembers(2);
                trial.awaitDrained(both);
            }
            return both;
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnAfterItStoodStillAlone(Model model, Stage stage) throws Exception {
        stage.run("SIGSTOP for longer than session and transaction, SIGCONT", model, trial -> {
            Application alone = trial.start("a");
            for (Fate fate : FATES) {
                Trap trap = trial.link("a").set(Trap.random(trial.random(), PLACES, fate, alone::pause, WORK));
                trial.feedUntil(trap);
                trial.awaitMembers(0);
                trial.awaitNoTransaction();
                trial.feed(MEANWHILE);
                alone.resume();
                trap.release();
                trial.awaitDrained(alone);
            }
            return new Application[] {alone};
        });
    }
}
