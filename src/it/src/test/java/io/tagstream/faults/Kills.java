package io.tagstream.faults;

import io.tagstream.fixture.StateLogs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Hard stops of one instance: what the selection and the whole suite share. */
final class Kills {
    /** A trap strikes within so many requests of its kind. */
    private static final int PLACES = 12;
    /** A restore takes some three requests. */
    private static final int RESTORE_PLACES = 3;

    private static final int HISTORY = 2_000;
    /** What a standby copy may lack when its instance takes over, beside the history that it must not. */
    private static final int BEHIND = HISTORY / 8;

    private Kills() {}

    /** The instance is killed at one of some moments, and started again over what it left. */
    static Stage.Case at(int times, Moment... moments) {
        return trial -> {
            Application application = trial.startNamed("a");
            for (int kill = 0; kill < trial.times(times); kill++) {
                Application victim = application;
                Trap trap = trial.link("a").set(Trap.random(trial.random(), PLACES, victim::kill, moments));
                trial.feedUntil(trap);
                victim.awaitKilled();
                application = trial.startNamed("a");
            }
            return new Application[] {application};
        };
    }

    /** The same, and its local states are gone when it starts again: it must restore all of them, under another transactional id. */
    static Stage.Case emptied(int times) {
        return trial -> {
            Application application = trial.startNamed("a");
            for (int kill = 0; kill < trial.times(times); kill++) {
                Application victim = application;
                Trap trap = trial.link("a")
                        .set(Trap.random(trial.random(), PLACES, victim::kill, Moment.SENDING, Moment.COMMITTING));
                trial.feedUntil(trap);
                victim.awaitKilled();
                Directories.delete(trial.stateDir("a"));
                application = trial.startNamed("a");
            }
            return new Application[] {application};
        };
    }

    /** Killed while it restores, again and again, before it has tagged anything more. */
    static Stage.Case whileItRestores(int times) {
        return trial -> {
            Application application = trial.startNamed("a");
            trial.feed(HISTORY);
            trial.awaitDrained(application);
            application.kill();
            application.awaitKilled();
            for (int kill = 0; kill < trial.times(times); kill++) {
                trial.feed(trial.random().nextInt(100));
                Application victim = trial.startNamed("a");
                Trap trap = trial.link("a")
                        .set(Trap.random(trial.random(), RESTORE_PLACES, victim::kill, Moment.RESTORING));
                trial.awaitStruck(trap);
                victim.awaitKilled();
            }
            return new Application[] {trial.startNamed("a")};
        };
    }

    /**
     * Of two instances with standby copies one is killed while it tags, when the other's copies are complete: that one takes over, and
     * restores next to nothing.
     */
    static Stage.Case standbyTakesOver(int times) {
        return trial -> {
            Application heir = startWithStandbys(trial, "a");
            trial.feed(HISTORY);
            trial.awaitDrained(heir);
            String absent = "b";
            for (int kill = 0; kill < trial.times(times); kill++) {
                List<Application> both = new ArrayList<>(List.of(heir, startWithStandbys(trial, absent)));
                trial.feedUntil(
                        "each has half of the partitions, and copies of the others",
                        () -> both.stream().allMatch(one -> completeCopies(one).size() == Trial.PARTITIONS / 2));
                Application victim = both.remove(trial.random().nextInt(2));
                heir = both.get(0);
                int saidBefore = heir.log().length();
                Trap trap = trial.link(victim.toString())
                        .set(Trap.random(
                                trial.random(),
                                PLACES,
                                victim::kill,
                                Moment.FETCHING,
                                Moment.SENDING,
                                Moment.COMMITTING));
                trial.feedUntil(trap);
                victim.awaitKilled();
                trial.feed(trial.random().nextInt(100));
                trial.awaitDrained(heir);
                int restored = StateLogs.restored(
                        heir.log().substring(saidBefore).lines().toList());
                if (restored > BEHIND) {
                    throw new IllegalStateException(heir + " had copies, but restored " + restored + " records");
                }
                absent = victim.toString();
            }
            return new Application[] {heir};
        };
    }

    private static Application startWithStandbys(Trial trial, String instance) throws IOException {
        return trial.start(instance, "--standby-replicas", "1");
    }

    private static Set<Integer> completeCopies(Application application) {
        return StateLogs.completeCopies(application.log().lines().toList());
    }

    /** Stopped by SIGTERM at any moment: it ends with exit code 0. */
    static Stage.Case onSigterm(int times) {
        return trial -> {
            Application application = trial.startNamed("a");
            for (int stop = 0; stop < trial.times(times); stop++) {
                Application stopped = application;
                Trap trap = trial.link("a")
                        .set(Trap.random(
                                trial.random(),
                                PLACES,
                                stopped::terminate,
                                Moment.FETCHING,
                                Moment.SENDING,
                                Moment.COMMITTING));
                trial.feedUntil(trap);
                stopped.awaitStopped();
                application = trial.startNamed("a");
            }
            return new Application[] {application};
        };
    }
}
