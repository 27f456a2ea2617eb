package io.tagstream.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.Cell;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.train.Corpora;
import io.tagstream.train.MiniCorpus;
import io.tagstream.train.TrainListener;
import io.tagstream.train.Trainer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;

class RunPageTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Cell.class)
    void shouldWriteAPageAndFiguresAboutARun(Cell cell) throws Exception {
        NetworkSettings network =
                new NetworkSettings(cell, 1, 10, 4, 1, false, 8, NetworkSettings.DEFAULT_AFFIXES, 4, 1000);
        Path page = folder.resolve("mini.report.html");

        Trainer.train(
                MiniCorpus.settings(folder.resolve("mini.onnx"), network, MiniCorpus.epochs(2), Precision.INT8),
                page,
                false,
                TrainListener.SILENT,
                () -> false);

        String html = Files.readString(page);
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
        assertThat(html)
                .contains("Gradient flow", "Confusion matrix", "Loss by epoch", "F1")
                .doesNotContain("http://", "https://");
        assertThat(html.contains("<h2 id=\"s5\">Gates</h2>")).isEqualTo(cell == Cell.LSTM);
        assertThat(figures()).contains("01-loss-by-epoch.svg", "01-loss-by-epoch.png", "03-confusion-matrix.svg");
    }

    @ParameterizedTest
    @CsvSource({"3,'in epoch 1 of 2 after 19 %',false", "22,'in epoch 2 of 2 after ',true"})
    void shouldNotShowAnEpochThatWasBrokenOffAsAWholeOne(int steps, String stopped, boolean curve) throws Exception {
        TrainSettings settings = MiniCorpus.settings(
                folder.resolve("mini.onnx"), MiniCorpus.SMALL, MiniCorpus.epochs(2), Precision.INT8);
        Path page = folder.resolve("stopped.report.html");
        AtomicInteger asked = new AtomicInteger();
        List<LabelledSentence> corpus = MiniCorpus.sentences();

        Trainer.train(
                settings,
                new Corpora(corpus, corpus, List.of()),
                page,
                null,
                TrainListener.SILENT,
                () -> asked.getAndIncrement() >= steps);

        String html = Files.readString(page);
        assertThat(html).contains(stopped);
        assertThat(html.contains("Loss by epoch")).isEqualTo(curve);
    }

    private List<String> figures() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("mini.report-figures"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
