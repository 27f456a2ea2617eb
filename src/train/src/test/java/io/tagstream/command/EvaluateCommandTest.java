package io.tagstream.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import io.tagstream.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the shipped model. */
class EvaluateCommandTest {
    private static final String CORPUS = "src/it/src/test/resources/corpus/mini.conllu";

    @Test
    void shouldPutAllThatItFindsIntoOneJsonObject() throws JsonProcessingException {
        Console console = evaluate("--raw", "--streaming", "--json");
        assertThat(console.exitCode()).as(console.err()).isZero();
        assertThat(console.out().lines()).hasSize(1);
        JsonNode result = new ObjectMapper().readTree(console.out());

        assertThat(result.get("upos_accuracy").asDouble()).isGreaterThan(80);
        assertThat(result.get("sentences").asInt()).isEqualTo(62);
        assertThat(result.get("tokens_per_cpu_second").asDouble()).isPositive();
        assertThat(result.get("words_f1").asDouble()).isBetween(90.0, 100.0);
        assertThat(result.get("upos_f1").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(result.get("words_f1").asDouble());
        assertThat(result.get("xpos_f1").asDouble()).isPositive();
        assertThat(result.get("ece").asDouble()).isBetween(0.0, 0.2);
        // Its words are known, since it is named as the training corpus.
        assertThat(result.get("known_words").asText()).contains("mini.conllu");
        assertThat(result.get("known_tokens").asInt())
                .isEqualTo(result.get("tokens").asInt());
        assertThat(result.get("upos_known_accuracy")).isEqualTo(result.get("upos_accuracy"));
        assertThat(result.get("upos_unknown_accuracy")).isNull();
        assertThat(result.get("by_tag").get("upos").get(0).get("f1").asDouble()).isPositive();
        assertThat(result.get("confusion").get("upos").get("NOUN").get("NOUN").asInt())
                .isPositive();
        JsonNode streaming = result.get("streaming");
        assertThat(streaming.get("whole_sentence_accuracy")).isEqualTo(result.get("upos_accuracy"));
        assertThat(streaming.get("look_ahead")).hasSize(3);
        assertThat(streaming.get("look_ahead").get(0).get("edit_overhead").asDouble())
                .isBetween(0.0, 0.5);
    }

    @Test
    void shouldPrintTablesOnlyOnRequest() {
        assertThat(evaluate().out())
                .contains("upos accuracy", "calibration error")
                .doesNotContain("precision", "F1");
        assertThat(evaluate("--details", "--sentences", "20").out())
                .contains("in 20 sentences", "precision", "gold down, given across", "most frequent errors");
    }

    @Test
    void shouldRefuseToEvaluateNoSentence() {
        Console console = evaluate("--sentences", "0");
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.err()).contains("--sentences");
    }

    @Test
    void shouldSayWhichLabelsTheModelDoesNotHave(@TempDir Path directory) throws IOException {
        String text = "1\tYes\t_\tNUON\tUH\t_\t0\troot\t_\t_\n\n";
        Path strange = Files.writeString(directory.resolve("strange.conllu"), text);
        Console console = Console.capture(() -> Main.run("evaluate", "--corpus", strange.toString()));
        assertThat(console.exitCode()).as(console.err()).isZero();
        assertThat(console.err()).contains("upos", "NUON (1)");
    }

    @Test
    void shouldRefuseACorpusWithNoLabelOfTheModel(@TempDir Path directory) throws IOException {
        Path names = Files.writeString(directory.resolve("names.tsv"), "Go\tB-PER\nhome\tO\n");
        Console console = Console.capture(() -> Main.run("evaluate", "--corpus", names.toString()));
        assertThat(console.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(console.out()).isEmpty();
        assertThat(console.err().lines()).hasSize(1);
        assertThat(console.err()).contains("names.tsv", "no label of the layers upos, xpos");
    }

    /** It was opened twice, and lost its first 8,192 bytes. */
    @Test
    void shouldReadACorpusFromAPipe(@TempDir Path directory) throws Exception {
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Process writer = new ProcessBuilder("cp", CORPUS, pipe.toString()).start();
        Console piped = Console.capture(() -> Main.run("evaluate", "--corpus", pipe.toString(), "--json"));
        assertThat(writer.waitFor()).isZero();
        assertThat(piped.exitCode()).as(piped.err()).isZero();
        assertThat(new ObjectMapper().readTree(piped.out()).get("sentences").asInt())
                .isEqualTo(62);
    }

    private static Console evaluate(String... flags) {
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--corpus", CORPUS, "--train", CORPUS));
        arguments.addAll(List.of(flags));
        return Console.capture(() -> Main.run(arguments.toArray(String[]::new)));
    }
}
