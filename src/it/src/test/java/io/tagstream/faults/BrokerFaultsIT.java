package io.tagstream.faults;

import static org.awaitility.Awaitility.await;

import io.tagstream.faults.Stage.Model;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The broker dies, is absent, and comes back over its logs. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class BrokerFaultsIT {
    private static final int TIMES = 4;
    private static final int PLACES = 12;
    private static final int KNOCKS = 5;
    private static final int CHUNK = 300;
    /** Longer than the two minutes after which a producer gives up a record, and a request its broker. */
    private static final Duration ABSENCE = Duration.ofSeconds(150);

    private static final Moment[] WORK = {Moment.FETCHING, Moment.SENDING, Moment.COMMITTING_OFFSETS, Moment.COMMITTING
    };

    @ParameterizedTest
    @EnumSource
    void shouldOutliveAKilledBroker(Model model, Stage stage) throws Exception {
        stage.run("broker killed and started again", model, trial -> {
            Application application = trial.start("a");
            for (int kill = 0; kill < trial.times(TIMES); kill++) {
                trial.feedUntil(trial.link("a").set(Trap.random(trial.random(), PLACES, trial.broker()::kill, WORK)));
                trial.broker().start();
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveARestartedBroker(Model model, Stage stage) throws Exception {
        stage.run("broker restarted", model, trial -> {
            Application application = trial.start("a");
            for (int restart = 0; restart < trial.times(TIMES); restart++) {
                trial.feedUntil(
                        trial.link("a").set(Trap.random(trial.random(), PLACES, trial.broker()::terminate, WORK)));
                trial.broker().awaitExit();
                trial.broker().start();
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldWaitForABrokerThatIsAbsentAtTheStart(Model model, Stage stage) throws Exception {
        stage.run("broker absent at the start", model, trial -> {
            Application application = trial.start("a");
            trial.feed(CHUNK);
            trial.awaitDrained(application);
            for (int absence = 0; absence < trial.times(2); absence++) {
                application.terminate();
                application.awaitStopped();
                trial.broker().kill();
                int knocks = trial.link("a").refused();
                application = trial.start("a");
                Application waiting = application;
                await("it knocks")
                        .atMost(Application.PATIENCE)
                        .until(() -> trial.link("a").refused() >= knocks + KNOCKS || !waiting.isAlive());
                trial.struck();
                trial.broker().start();
                trial.feed(CHUNK);
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource(names = "CHECKSUM")
    void shouldWaitForABrokerThatIsAwayForMinutes(Model model, Stage stage) throws Exception {
        stage.run("broker away for minutes", model, trial -> {
            Application application = trial.start("a");
            trial.feedUntil(trial.link("a").set(Trap.random(trial.random(), PLACES, trial.broker()::kill, WORK)));
            Trial.lasts(ABSENCE);
            trial.broker().start();
            trial.awaitDrained(application);
            return new Application[] {application};
        });
    }
}
