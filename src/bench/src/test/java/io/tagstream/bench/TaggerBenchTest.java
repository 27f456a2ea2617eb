package io.tagstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluator;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggerBenchTest {
    private static final Path MINI = Path.of("src/it/src/test/resources/corpus/mini.conllu");

    @TempDir
    Path folder = Path.of("");

    @Test
    void shouldMeasureOurModelsAndBothOfOpenNlp() throws IOException {
        List<LabelledSentence> corpus = ConlluReader.read(MINI);
        try (TaggerModel model = TinyModels.lstm().lookAhead(1).open()) {
            List<TaggerRow> rows = run(model, corpus, 3);

            assertThat(rows)
                    .extracting(TaggerRow::name)
                    .containsExactly("tiny", TaggerBench.STOCK, TaggerBench.PERCEPTRON);
            assertThat(rows).extracting(TaggerRow::isDefault).containsExactly(true, false, false);
            assertThat(rows).allSatisfy(row -> {
                Spread speed = row.tokensPerCpuSecond();
                assertThat(speed.median()).isPositive().isBetween(speed.min(), speed.max());
            });
            assertThat(rows.get(0).accuracy())
                    .isEqualTo(
                            Evaluator.evaluate(model, corpus, Casing.AS_WRITTEN).accuracy());
            assertThat(rows.get(1).accuracy()).containsOnlyKeys("upos");
            assertThat(upos(rows.get(1))).isBetween(80.0, 100.0);
            // Trained on what it is measured on.
            assertThat(upos(rows.get(2))).isGreaterThan(98.0);
            assertThat(rows.get(2).ratioToPerceptron()).isCloseTo(1.0, within(1e-12));
        }
    }

    @Test
    void shouldTrainThePerceptronOnceForACorpus() throws IOException {
        List<String> notices = new ArrayList<>();
        Path copy = Files.copy(MINI, folder.resolve("train.conllu"));
        Path cache = folder.resolve("a/cache");

        OpenNlpModels.perceptron(copy, cache, notices::add);
        assertThat(notices).singleElement().asString().contains("train.conllu");
        List<FileTime> times = times(cache);
        OpenNlpModels.perceptron(copy, cache, notices::add);
        assertThat(notices).hasSize(1);
        assertThat(times(cache)).isEqualTo(times).hasSize(1);

        Files.writeString(copy, Files.readString(copy) + "# another corpus\n");
        OpenNlpModels.perceptron(copy, cache, notices::add);
        assertThat(notices).hasSize(2);
        assertThat(times(cache)).hasSize(2);
    }

    @Test
    void shouldTakeTheMiddleAndTheEnds() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
    }

    private List<TaggerRow> run(TaggerModel model, List<LabelledSentence> corpus, int repetitions) throws IOException {
        BenchSettings settings = new BenchSettings(repetitions, Duration.ZERO, Casing.AS_WRITTEN);
        return TaggerBench.run(
                List.of(new ShippedModel("tiny", true, model)), MINI, folder, corpus, settings, notice -> {});
    }

    private static double upos(TaggerRow row) {
        return row.accuracy().getOrDefault("upos", 0.0);
    }

    private static List<FileTime> times(Path cache) throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            List<FileTime> times = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                times.add(Files.getLastModifiedTime(file));
            }
            return times;
        }
    }
}
