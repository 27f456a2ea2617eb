package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The local copy of the states is damaged, stale, gone, or cannot be written. The changelog has the truth. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StateDirectoryFaultsIT {
    private static final int HISTORY = 1_000;
    private static final int CHUNK = 300;

    /** What is done to the directory while the application is stopped. */
    private interface Damage {
        void harm(Path stateDir, Trial trial) throws Exception;
    }

    /** The application is stopped as it should, so that it trusts what it left; it finds the directory harmed and goes on. */
    private static Stage.Case whileStopped(int times, Damage damage) {
        return trial -> {
            Application application = trial.startNamed("a");
            trial.feed(HISTORY);
            trial.awaitDrained(application);
            for (int harm = 0; harm < trial.times(times); harm++) {
                application.terminate();
                application.awaitStopped();
                damage.harm(trial.stateDir("a"), trial);
                trial.struck();
                trial.feed(CHUNK);
                application = trial.startNamed("a");
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldRestoreADeletedDirectory(Model model, Stage stage) throws Exception {
        stage.run(
                "state directory deleted", model, whileStopped(3, (directory, trial) -> Directories.delete(directory)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveADirectoryDeletedUnderIt(Model model, Stage stage) throws Exception {
        stage.run("state directory deleted while it runs", model, trial -> {
            Application application = trial.startNamed("a");
            for (int deletion = 0; deletion < trial.times(3); deletion++) {
                trial.feed(HISTORY);
                Directories.delete(trial.stateDir("a"));
                trial.struck();
                trial.feed(CHUNK);
                application = trial.supervised(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldRestoreWhatIsTruncated(Model model, Stage stage) throws Exception {
        stage.run("state directory: a file truncated", model, whileStopped(6, FileDamage::truncate));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRestoreWhatIsFlipped(Model model, Stage stage) throws Exception {
        stage.run("state directory: bytes flipped", model, whileStopped(8, FileDamage::flip));
    }

    @ParameterizedTest
    @EnumSource
    void shouldCatchUpWithADirectoryOfAnOlderRun(Model model, Stage stage) throws Exception {
        Path[] kept = new Path[1];
        stage.run("state directory of an older run", model, whileStopped(5, (directory, trial) -> {
            // The first time it is kept, and every second time it comes back.
            if (kept[0] == null) {
                kept[0] = directory.resolveSibling("kept-state");
                Directories.copy(directory, kept[0]);
            } else {
                Directories.delete(directory);
                Directories.copy(kept[0], directory);
            }
        }));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseADirectoryThatCannotBeWritten(Model model, Stage stage) throws Exception {
        stage.run("state directory read-only", model, trial -> {
            Files.createDirectories(trial.stateDir("a"));
            try (Mount mount = Mount.tmpfs(trial.stateDir("a"), "64m")) {
                Application application = trial.startNamed("a");
                trial.feed(CHUNK);
                trial.awaitDrained(application);
                for (int time = 0; time < trial.times(2); time++) {
                    application.terminate();
                    application.awaitStopped();
                    mount.readOnly();
                    trial.feed(CHUNK);
                    trial.struck();
                    application = trial.startNamed("a");
                    application.awaitRefusal("cannot be written");
                    mount.writable();
                    application = trial.startNamed("a");
                    trial.awaitDrained(application);
                }
                application.terminate();
                application.awaitStopped();
            }
            // On another disk it restores.
            return new Application[] {trial.startNamed("a")};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAFullDisk(Model model, Stage stage) throws Exception {
        stage.run("state directory: disk full", model, trial -> {
            Files.createDirectories(trial.stateDir("a"));
            try (Mount mount = Mount.tmpfs(trial.stateDir("a"), "24m")) {
                Application application = trial.startNamed("a");
                trial.feed(CHUNK);
                trial.awaitDrained(application);
                for (int time = 0; time < trial.times(2); time++) {
                    mount.fill();
                    trial.struck();
                    trial.feed(CHUNK);
                    // Stopped and started, it must write: close flushes, open makes files.
                    application.terminate();
                    application.awaitExit();
                    // The close has removed files of the store.
                    mount.fill();
                    application = trial.startNamed("a");
                    application.awaitLog("No space left on device");
                    mount.empty();
                    trial.feed(CHUNK);
                    application = trial.supervised(application);
                }
                application.terminate();
                application.awaitStopped();
            }
            return new Application[] {trial.startNamed("a")};
        });
    }
}
