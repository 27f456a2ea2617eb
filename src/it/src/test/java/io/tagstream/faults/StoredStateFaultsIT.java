package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The stored states are another model's, of another format, or torn; under both policies. Policy {@code fail} must put out nothing
 * wrong and lose nothing: with the right states again, all goes on as if it had not been.
 */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class StoredStateFaultsIT {
    private static final int HISTORY = 1_500;
    private static final int CHUNK = 200;
    private static final int OTHER_VERSION = 9;
    private static final int EVERY = 3;

    @ParameterizedTest
    @EnumSource
    void shouldBeginAnewWithTheStatesOfAnotherModel(Model model, Stage stage) throws Exception {
        stage.run("stored state of another model, policy reset", model, trial -> {
            Application application = history(trial);
            application.terminate();
            application.awaitStopped();
            trial.fromHere(oracle -> oracle.change(stage.otherChecksum()));
            trial.struck();
            trial.feed(CHUNK);
            Application other =
                    trial.startNamed("a", "--model", stage.otherChecksum().toString());
            trial.awaitDrained(other);
            other.terminate();
            other.awaitStopped();
            trial.fromHere(oracle -> oracle.change(trial.model()));
            trial.struck();
            trial.feed(CHUNK);
            return new Application[] {trial.startNamed("a")};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopAtTheStatesOfAnotherModel(Model model, Stage stage) throws Exception {
        stage.run("stored state of another model, policy fail", model, trial -> {
            Application application = history(trial);
            for (int time = 0; time < trial.times(2); time++) {
                application.terminate();
                application.awaitStopped();
                trial.struck();
                trial.feed(ofKnownStreams(trial));
                trial.startNamed(
                                "a",
                                "--foreign-state",
                                "fail",
                                "--model",
                                stage.otherChecksum().toString())
                        .awaitFailure("cannot be used");
                application = trial.startNamed("a", "--foreign-state", "fail");
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeginAnewWithStatesOfAnotherFormat(Model model, Stage stage) throws Exception {
        stage.run("stored state torn or of another format, policy reset", model, trial -> {
            Application application = history(trial);
            application.terminate();
            application.awaitStopped();
            Map<String, ConsumerRecord<byte[], byte[]>> states = states(trial);
            Set<String> harmed = harm(trial, states);
            Directories.delete(trial.stateDir("a"));
            trial.fromHere(oracle -> oracle.forget(harmed));
            trial.struck();
            trial.feed(CHUNK);
            return new Application[] {trial.startNamed("a")};
        });
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopAtStatesOfAnotherFormat(Model model, Stage stage) throws Exception {
        stage.run("stored state torn or of another format, policy fail", model, trial -> {
            Application application = history(trial);
            application.terminate();
            application.awaitStopped();
            Map<String, ConsumerRecord<byte[], byte[]>> states = states(trial);
            Set<String> harmed = harm(trial, states);
            Directories.delete(trial.stateDir("a"));
            trial.struck();
            trial.feed(ofKnownStreams(trial));
            trial.startNamed("a", "--foreign-state", "fail").awaitFailure("cannot be used");
            Directories.delete(trial.stateDir("a"));
            List<ProducerRecord<byte[], byte[]>> fixed = new ArrayList<>();
            for (Map.Entry<String, ConsumerRecord<byte[], byte[]>> state : states.entrySet()) {
                if (harmed.contains(state.getKey())) {
                    fixed.add(stored(state.getValue(), state.getValue().value()));
                }
            }
            trial.feedStates(fixed);
            return new Application[] {trial.startNamed("a", "--foreign-state", "fail")};
        });
    }

    private static Application history(Trial trial) throws Exception {
        Application application = trial.startNamed("a");
        trial.feed(HISTORY);
        trial.awaitDrained(application);
        return application;
    }

    /** Further records of streams that have a state, so that each meets it. */
    private static List<Input> ofKnownStreams(Trial trial) {
        Set<String> known = new HashSet<>();
        for (Input input : trial.sent()) {
            if (input.value() == null) {
                known.remove(input.stream());
            } else if (!input.bad()) {
                known.add(input.stream());
            }
        }
        return trial.mixed(CHUNK).stream()
                .filter(input -> known.contains(input.stream()) && input.value() != null)
                .toList();
    }

    /** The last state of each stream in the changelog. */
    private static Map<String, ConsumerRecord<byte[], byte[]>> states(Trial trial) {
        Map<String, ConsumerRecord<byte[], byte[]>> states = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : trial.read(trial.changelog())) {
            String stream = new String(record.key(), StandardCharsets.UTF_8);
            if (record.value() == null) {
                states.remove(stream);
            } else {
                states.put(stream, record);
            }
        }
        return states;
    }

    /** Every third state becomes one of another version, or torn; gives the streams. */
    private static Set<String> harm(Trial trial, Map<String, ConsumerRecord<byte[], byte[]>> states) throws Exception {
        Set<String> harmed = new HashSet<>();
        List<ProducerRecord<byte[], byte[]>> instead = new ArrayList<>();
        int at = 0;
        for (Map.Entry<String, ConsumerRecord<byte[], byte[]>> state : states.entrySet()) {
            if (at++ % EVERY == 0) {
                byte[] value = state.getValue().value().clone();
                if (trial.random().nextBoolean()) {
                    value[0] = OTHER_VERSION;
                } else {
                    value[1 + trial.random().nextInt(value.length - 1)] ^= 1;
                }
                harmed.add(state.getKey());
                instead.add(stored(state.getValue(), value));
            }
        }
        trial.feedStates(instead);
        return harmed;
    }

    private static ProducerRecord<byte[], byte[]> stored(ConsumerRecord<byte[], byte[]> as, byte[] value) {
        return new ProducerRecord<>(as.topic(), as.partition(), as.timestamp(), as.key(), value);
    }
}
