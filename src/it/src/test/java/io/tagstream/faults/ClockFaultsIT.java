package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The clock of the machine is stepped, and records say that they are of the past and of the future. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ClockFaultsIT {
    private static final int CHUNK = 300;
    private static final int KILLS = 3;
    private static final int PLACES = 8;
    private static final long FAR_FUTURE = Instant.parse("2250-01-01T00:00:00Z").toEpochMilli();
    /** A time that a clock is set to lasts: what it was for less than a tenth of a second nobody may have seen. */
    private static final Duration AT_LEAST = Duration.ofMillis(500);

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final int STEP_MILLIS = 1_000;
    private static final int JITTER_MILLIS = 20_000;

    @ParameterizedTest
    @EnumSource
    void shouldNotMindAClockThatIsStepped(Model model, Stage stage) throws Exception {
        Clock clock = Clock.compile(stage.directory());
        stage.run("clock stepped forwards and back", model, trial -> {
            clock.set(Duration.ZERO);
            Application application = trial.start("a", clock.environment(), List.of(), "--instance-id", "a");
            List<Duration> steps = List.of(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(-20),
                    Duration.ofDays(1),
                    Duration.ZERO,
                    Duration.ofHours(-1),
                    Duration.ofMinutes(10));
            for (Duration step : steps) {
                Trap trap = Trap.random(
                        trial.random(),
                        PLACES,
                        Trap.Fate.DONE,
                        () -> clock.set(step),
                        Moment.FETCHING,
                        Moment.SENDING,
                        Moment.COMMITTING);
                trial.feedUntil(trial.link("a").set(trap));
                Trial.lasts(AT_LEAST);
                trial.feed(CHUNK);
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldTakeRecordsOfAnyTime(Model model, Stage stage) throws Exception {
        stage.run("records with old and future timestamps, kill -9", model, trial -> {
            Application application = trial.startNamed("a");
            for (int kill = 0; kill < trial.times(KILLS); kill++) {
                Application victim = application;
                Trap trap = trial.link("a")
                        .set(Trap.random(trial.random(), PLACES, victim::kill, Moment.SENDING, Moment.COMMITTING));
                trial.feedUntil(trap, () -> ofAnyTime(trial));
                victim.awaitKilled();
                application = trial.startNamed("a");
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldExpireByTheTimeOfTheRecordsAlone(Model model, Stage stage) throws Exception {
        stage.run("records of uneven times, states expire, kill -9", model, trial -> {
            trial.fromHere(oracle -> oracle.expire(TTL));
            String[] ttl = {"--state-ttl", TTL.toSeconds() + "s"};
            Application application = trial.startNamed("a", ttl);
            long start = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
            for (int kill = 0; kill < trial.times(KILLS); kill++) {
                Application victim = application;
                Trap trap = trial.link("a")
                        .set(Trap.random(trial.random(), PLACES, victim::kill, Moment.SENDING, Moment.COMMITTING));
                trial.feedUntil(trap, () -> ofUnevenTimes(trial, start));
                victim.awaitKilled();
                application = trial.startNamed("a", ttl);
            }
            return new Application[] {application};
        });
    }

    private static List<Input> ofAnyTime(Trial trial) {
        List<Input> inputs = new ArrayList<>();
        Random random = trial.random();
        for (Input input : trial.mixed(CHUNK)) {
            inputs.add(
                    switch (random.nextInt(4)) {
                        case 0 -> input.at(0);
                        case 1 -> input.at((long) (FAR_FUTURE * random.nextDouble()));
                        case 2 -> input.at(FAR_FUTURE);
                        default -> input;
                    });
        }
        return inputs;
    }

    /** A second a record, more or less: rare streams expire between two of theirs, and no record is later than its time to live. */
    private static List<Input> ofUnevenTimes(Trial trial, long start) {
        List<Input> inputs = new ArrayList<>();
        for (Input input : trial.mixed(CHUNK)) {
            long time = start + (long) STEP_MILLIS * (trial.sent().size() + inputs.size());
            inputs.add(input.at(time + trial.random().nextInt(JITTER_MILLIS)));
        }
        return inputs;
    }
}
