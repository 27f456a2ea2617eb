package io.tagstream.faults;

import io.tagstream.faults.Stage.Model;
import io.tagstream.model.ModelContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model file is missing, damaged, another's; or changes while the application runs. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ModelFaultsIT {
    private static final int CHUNK = 300;

    /** What the file holds instead of the model; null for no file at all. */
    private interface Damage {
        byte[] instead(byte[] model, Trial trial) throws Exception;
    }

    /** Between two runs the file is harmed, refused with a sentence, and fixed. */
    private static Stage.Case refused(String sentence, int times, Damage damage) {
        return trial -> {
            Path file = Files.copy(trial.model(), trial.file("model.onnx"));
            byte[] whole = Files.readAllBytes(file);
            Application application = trial.startNamed("a", "--model", file.toString());
            for (int time = 0; time < trial.times(times); time++) {
                trial.feed(CHUNK);
                trial.awaitDrained(application);
                application.terminate();
                application.awaitStopped();
                byte[] instead = damage.instead(whole, trial);
                if (instead.length == 0) {
                    Files.delete(file);
                } else {
                    Files.write(file, instead);
                }
                trial.struck();
                trial.feed(CHUNK);
                trial.startNamed("a", "--model", file.toString()).awaitRefusal(sentence);
                Files.write(file, whole);
                application = trial.startNamed("a", "--model", file.toString());
                trial.awaitDrained(application);
            }
            return new Application[] {application};
        };
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAMissingFile(Model model, Stage stage) throws Exception {
        stage.run("model file missing", model, refused("there is no model", 1, (bytes, trial) -> new byte[0]));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseATruncatedFile(Model model, Stage stage) throws Exception {
        stage.run(
                "model file truncated",
                model,
                refused(
                        "model.onnx",
                        3,
                        (bytes, trial) ->
                                Arrays.copyOf(bytes, 1 + trial.random().nextInt(bytes.length - 1))));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAModelOfAnotherShape(Model model, Stage stage) throws Exception {
        UnaryOperator<ModelContract> wider =
                contract -> ModelFiles.with(contract, 2 * contract.hidden(), contract.labelLayers());
        stage.run(
                "model file of another shape",
                model,
                refused("tagstream.hidden", 1, (bytes, trial) -> ModelFiles.saying(bytes, wider)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseAModelOfOtherLabels(Model model, Stage stage) throws Exception {
        UnaryOperator<ModelContract> poorer = contract ->
                ModelFiles.with(contract, contract.hidden(), ModelFiles.firstLabelOnly(contract.labelLayers()));
        stage.run(
                "model file of other labels",
                model,
                refused("export the model again", 1, (bytes, trial) -> ModelFiles.saying(bytes, poorer)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithTheModelThatItStartedWith(Model model, Stage stage) throws Exception {
        stage.run("model file replaced while it runs", model, trial -> {
            Path file = Files.copy(trial.model(), trial.file("model.onnx"));
            Path other = stage.otherChecksum();
            Application application = trial.startNamed("a", "--model", file.toString());
            trial.feed(CHUNK);
            application.awaitRunning();
            // In place, by another file, and by nothing at all.
            Files.write(file, Files.readAllBytes(other));
            trial.struck();
            trial.feed(CHUNK);
            trial.awaitDrained(application);
            Files.copy(other, trial.file("next.onnx"));
            Files.move(trial.file("next.onnx"), file, StandardCopyOption.ATOMIC_MOVE);
            trial.struck();
            trial.feed(CHUNK);
            trial.awaitDrained(application);
            Files.delete(file);
            trial.struck();
            trial.feed(CHUNK);
            trial.awaitDrained(application);
            application.terminate();
            application.awaitStopped();
            // From the next start on it is the other model, which knows none of the states.
            trial.fromHere(oracle -> oracle.change(other));
            trial.feed(CHUNK);
            return new Application[] {trial.startNamed("a", "--model", other.toString())};
        });
    }
}
