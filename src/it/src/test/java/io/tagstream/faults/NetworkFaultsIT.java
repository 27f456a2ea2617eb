package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The network between the application and the broker breaks, crawls, stands still. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class NetworkFaultsIT {
    private static final int PLACES = 12;
    private static final int BREAKS = 20;
    private static final int CUTS = 5;
    private static final int STALLS = 4;
    private static final int SLOW_CHUNKS = 4;
    private static final int CHUNK = 200;
    /** Some are shorter than session and transaction, some longer. */
    private static final int LONGEST_CUT_MILLIS = 12_000;

    private static final Moment[] WORK = {Moment.FETCHING, Moment.SENDING, Moment.COMMITTING_OFFSETS, Moment.COMMITTING
    };

    @ParameterizedTest
    @EnumSource
    void shouldOutliveConnectionsThatBreak(Model model, Stage stage) throws Exception {
        stage.run("network: connections break", model, trial -> {
            Application application = trial.start("a");
            Link link = trial.link("a");
            for (int broken = 0; broken < trial.times(BREAKS); broken++) {
                trial.feedUntil(link.set(Trap.random(trial.random(), PLACES, link::disconnect, WORK)));
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveACutNetwork(Model model, Stage stage) throws Exception {
        stage.run("network cut for a while", model, trial -> {
            Application application = trial.start("a");
            Link link = trial.link("a");
            for (int cut = 0; cut < trial.times(CUTS); cut++) {
                trial.feedUntil(link.set(Trap.random(trial.random(), PLACES, link::cut, WORK)));
                Trial.lasts(trial.upTo(LONGEST_CUT_MILLIS));
                link.heal();
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAStallingNetwork(Model model, Stage stage) throws Exception {
        stage.run("network stalls, then delivers late", model, trial -> {
            Application application = trial.start("a");
            Link link = trial.link("a");
            for (int stall = 0; stall < trial.times(STALLS); stall++) {
                trial.feedUntil(link.set(Trap.random(trial.random(), PLACES, link::stall, WORK)));
                Trial.lasts(trial.upTo(LONGEST_CUT_MILLIS));
                link.heal();
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeSlowOnASlowNetwork(Model model, Stage stage) throws Exception {
        stage.run("network slow", model, trial -> {
            Application application = trial.start("a");
            application.awaitRunning();
            for (int chunk = 0; chunk < SLOW_CHUNKS; chunk++) {
                trial.link("a").slow(Duration.ofMillis(5L << chunk));
                trial.struck();
                trial.feed(CHUNK);
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }
}
