package io.tagstream.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.data.ConlluReader;
import io.tagstream.eval.Evaluator;
import io.tagstream.infer.TaggerModel;
import io.tagstream.trial.Finding;
import io.tagstream.trial.Findings;
import io.tagstream.trial.Measure;
import io.tagstream.trial.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final Path MINI = Path.of("src/it/src/test/resources/corpus/mini.conllu");

    /** A name that training does not have, twice. */
    private static final String NEW_NAME = """
            # newdoc
            1\tZorkville\t_\tPROPN\tNNP\t_\t_\t_\t_\t_
            2\tworks\t_\tVERB\tVBZ\t_\t_\t_\t_\t_

            1\tI\t_\tPRON\tPRP\t_\t_\t_\t_\t_
            2\tsee\t_\tVERB\tVBP\t_\t_\t_\t_\t_
            3\tZorkville\t_\tPROPN\tNNP\t_\t_\t_\t_\t_

            """;

    @TempDir
    private Path folder;

    private Path dev = Path.of("");

    @BeforeEach
    void writeDev() throws IOException {
        dev = Files.writeString(folder.resolve("dev.conllu"), Files.readString(MINI) + "\n" + NEW_NAME);
    }

    @Test
    void shouldGoOnWhereItWasBrokenOffAndWriteTablesAndFigures() throws IOException {
        List<String> progress = new ArrayList<>();
        Path page = Files.writeString(folder.resolve("model.md"), page());
        List<String> wanted = List.of("rnn", "streams", "names");

        run(wanted, List.of(1L), page, () -> progress.size() == 1, progress);
        assertThat(progress)
                .singleElement()
                .asString()
                .matches("base, seed 1: upos .* %, .* s; 2 trainings left, about \\d+ min");
        assertThat(Files.readString(page)).contains("LSTM 128, 1 layer, look-ahead 1, carried, no vectors", "_none_");
        run(wanted, List.of(1L, 2L), page, () -> false, progress);
        assertThat(progress).filteredOn(line -> line.contains("base, seed 1:")).hasSize(1);
        assertThat(progress).filteredOn(line -> line.contains("trainings left")).hasSize(6);
        progress.clear();
        String text = Files.readString(run(wanted, List.of(1L, 2L), page, () -> false, progress));

        assertThat(progress).isEmpty();
        assertThat(text)
                .contains("| `rnn`: RNN for LSTM | RNN 128, 1 layer, look-ahead 1, carried, no vectors |")
                .contains("| the base as fp32 |", "state reset at each sentence")
                .contains("| noisy | reset | sentence starts |", "| lower-cased | names | carried | later |")
                .contains("seeds 1, 2; 1 epochs")
                .doesNotContain("NaN");
        assertThat(folder.resolve("out/figures")).isDirectoryContaining("glob:**rows.svg");
        assertThat(Files.readString(page))
                .startsWith("Before.")
                .contains("model-figures/streams.svg", "between", "_none_")
                .endsWith("After.\n");
        assertThat(folder.resolve("model-figures/names.svg")).isNotEmptyFile();
    }

    @Test
    void shouldLeaveOutTheTableOfNamesWhereNoneRecurs() throws IOException {
        dev = MINI;

        Path file = run(List.of("names"), List.of(1L), null, () -> false, new ArrayList<>());

        assertThat(Files.readString(file)).contains("| `base`").doesNotContain("Names that recur", "NaN");
    }

    @Test
    void shouldScoreEachRowWithTheMemoryThatItHas() throws IOException {
        run(List.of("reset"), List.of(3L), null, () -> false, new ArrayList<>());

        Path models = folder.resolve("out/models");
        Findings findings = Findings.open(
                folder.resolve("out/findings.json"), Conditions.of(settings(List.of("reset"), List.of(3L), null)));
        try (TaggerModel base = TaggerModel.open(models.resolve("base-3.onnx"))) {
            Map<String, Double> carried = Evaluator.evaluate(base, ConlluReader.read(dev), Evaluator.Casing.AS_WRITTEN)
                    .accuracy();
            Finding finding = findings.of(Measure.TRAINING, "base").get(0);
            assertThat(finding.value("upos")).isEqualTo(carried.get("upos"));
            assertThat(finding.value("xpos")).isEqualTo(carried.get("xpos"));
        }
        Finding reset = findings.of(Measure.TRAINING, "reset").get(0);
        assertThat(reset.settings()).contains("reset");
        assertThat(reset.value("upos, fp32")).isBetween(5.0, 100.0);
    }

    @Test
    void shouldRefuseARowThatItDoesNotKnow() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(List.of("gru"), List.of(1L), null))
                .withMessageContainingAll("'gru'", "base", "recall");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(List.of("no-vectors"), List.of(1L), null))
                .withMessageContaining("word vectors");
        assertThatIllegalArgumentException().isThrownBy(() -> settings(List.of(), List.of(), null));
    }

    @Test
    void shouldTrainAllRowsAndEachOnceUnlessTold() {
        assertThat(settings(List.of(), List.of(1L), null).trained())
                .extracting(Row::name)
                .containsExactly("base", "rnn", "reset", "ahead-0", "ahead-2", "sentence", "hidden-64", "hidden-256");
        assertThat(settings(List.of("names"), List.of(1L), null).trained())
                .extracting(Row::name)
                .containsExactly("base", "reset");
        assertThat(settings(List.of("recall"), List.of(1L), null).trained()).isEmpty();
    }

    @Test
    void shouldSayAtOnceThatThePageLacksASection() throws IOException {
        Path page = Files.writeString(folder.resolve("other.md"), "nothing");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> run(List.of("rnn"), List.of(1L), page, () -> false, new ArrayList<>()))
                .withMessageContainingAll("other.md", "<!-- tagstream:rows -->");
        assertThat(folder.resolve("out")).doesNotExist();
    }

    private Path run(
            List<String> rows, List<Long> seeds, @Nullable Path page, BooleanSupplier stop, List<String> progress)
            throws IOException {
        return Comparison.run(settings(rows, seeds, page), stop, progress::add);
    }

    private ComparisonSettings settings(List<String> rows, List<Long> seeds, @Nullable Path page) {
        return new ComparisonSettings(MINI, dev, null, seeds, 1, rows, folder.resolve("out"), page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("Before.\n");
        for (String name : ComparisonPage.SECTIONS) {
            page.append("<!-- tagstream:")
                    .append(name)
                    .append(" -->\n_none_\n<!-- /tagstream:")
                    .append(name)
                    .append(" -->\nbetween\n");
        }
        return page.append("After.\n").toString();
    }
}
