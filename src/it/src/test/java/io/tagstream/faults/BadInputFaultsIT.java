package io.tagstream.faults;

import static io.tagstream.faults.BadInputs.among;

import io.tagstream.faults.Stage.Model;
import io.tagstream.fixture.PoisonedModels;
import io.tagstream.fixture.TinyModels;
import io.tagstream.wire.InputFormat;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One bad record among good ones, again and again: a dead letter each, or a tagged sentence each, and nobody else notices. */
@Tag("faults")
@ExtendWith(FaultSuite.class)
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class BadInputFaultsIT {
    private static final int ALL = Integer.MAX_VALUE;
    private static final int FEW = 2;

    @ParameterizedTest
    @CsvSource({"AVRO, CHECKSUM", "AVRO, ENGLISH", "JSON, CHECKSUM", "TEXT, ENGLISH"})
    void shouldPutOutOneDeadLetterOrOneSentenceEach(InputFormat format, Model model, Stage stage) throws Exception {
        stage.run("bad input", model, among(format, ALL, BadInput.of(format)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldTagAsManyTokensAsItIsTold(Model model, Stage stage) throws Exception {
        stage.run(
                "bad input",
                model,
                among(
                        InputFormat.AVRO,
                        FEW,
                        List.of(BadInput.manyTokensAllowed()),
                        Map.of(),
                        "--max-tokens",
                        "100000"));
    }

    /** The history has one version as yet: it is given another one, which this version is then older or younger than. */
    @Test
    void shouldReadAnotherVersionThatItsHistoryKnows(Stage stage) throws Exception {
        Path resources = stage.directory().resolve("other-version");
        Path history = Files.createDirectories(resources.resolve("schemas-history"));
        Files.writeString(
                history.resolve("SentenceEvent.2.avsc"), BadInput.older().toString());
        Map<String, String> environment =
                Map.of("CLASSPATH", resources + File.pathSeparator + JavaProcesses.productClassPath());
        stage.run(
                "bad input",
                Model.CHECKSUM,
                among(InputFormat.AVRO, ALL, List.of(BadInput.ofOlderVersion()), environment));
    }

    @Test
    void shouldRefuseWhatTheModelGivesNoNumbersFor(Stage stage) throws Exception {
        shouldRefuse(stage, "tiny-nan", TinyModels.lstm().bytes(), "\u6771\u4EAC", "\uD83C\uDF4E");
    }

    @Test
    void shouldRefuseWhatTheChecksumModelGivesNoNumbersFor(Stage stage) throws Exception {
        shouldRefuse(stage, "checksum-nan", Stage.checksumWith(List.of("qqxq", "xqqx")), "qqxq", "xqqx");
    }

    private static void shouldRefuse(Stage stage, String name, byte[] model, String noScores, String noState)
            throws Exception {
        byte[] poisoned = PoisonedModels.inState(PoisonedModels.inScores(model, noScores), noState);
        Path file = Files.write(stage.directory().resolve(name + ".onnx"), poisoned);
        stage.run(
                "bad input",
                name,
                file,
                among(
                        InputFormat.AVRO,
                        ALL,
                        List.of(
                                BadInput.unscored("model gives NaN as scores", noScores),
                                BadInput.unscored("model gives NaN as state", noState))));
    }
}
