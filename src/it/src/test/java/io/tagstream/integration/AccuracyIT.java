package io.tagstream.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.fixture.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model on UD English EWT dev, through the command that users have. */
class AccuracyIT {
    private static final double LEAST_UPOS = 96.3;
    private static final double LEAST_RAW_WORDS = 98.5;
    private static final double LEAST_RAW_UPOS = 95.7;
    /** Measured 0.0089; int8 kernels differ a little between processors. */
    private static final double LARGEST_CALIBRATION_ERROR = 0.02;

    @TempDir
    Path directory = Path.of("");

    @Test
    void shouldTagTheDevelopmentCorpusAsWellAsTheModelCardSays() throws Exception {
        Path corpus = Path.of(Objects.requireNonNullElse(System.getenv("TAGSTREAM_DATA"), "data"), "ewt", "dev.conllu");
        if (!Files.exists(corpus)) {
            abort("there is no " + corpus + " (set TAGSTREAM_DATA): the accuracy test is skipped");
        }
        try (Launcher evaluate =
                Launcher.start(directory, Map.of(), "", "evaluate", "--corpus", corpus.toString(), "--raw", "--json")) {
            assertThat(evaluate.await(120)).as(evaluate.err()).isZero();
            JsonNode result = new ObjectMapper().readTree(evaluate.out());
            assertThat(result.get("upos_accuracy").asDouble()).isGreaterThanOrEqualTo(LEAST_UPOS);
            assertThat(result.get("xpos_accuracy").asDouble()).isGreaterThan(0);
            assertThat(result.get("tokens").asInt()).isEqualTo(25_147);
            assertThat(result.get("sentences").asInt()).isEqualTo(2_001);
            assertThat(result.get("tokens_per_cpu_second").asDouble()).isPositive();
            assertThat(result.get("words_f1").asDouble()).isGreaterThanOrEqualTo(LEAST_RAW_WORDS);
            assertThat(result.get("upos_f1").asDouble()).isGreaterThanOrEqualTo(LEAST_RAW_UPOS);
            assertThat(result.get("ece").asDouble()).isLessThanOrEqualTo(LARGEST_CALIBRATION_ERROR);
        }
    }
}
