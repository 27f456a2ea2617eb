package io.tagstream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaggerCurveTest {
    private static final String FILE = "some/folder/small-1.onnx";

    @TempDir
    private Path folder;

    private final TaggerModel model = TinyModels.lstm().hidden(12).lookAhead(1).open();
    private final TaggerCurve curve = new TaggerCurve(
            List.of(row(FILE, 95.2, 200_000), row(TaggerBench.PERCEPTRON, 93.2, 140_000)),
            List.of(new ShippedModel(FILE, false, model)));

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void shouldDrawAsTheFileIsNamed() throws IOException {
        curve.write(folder.resolve("curve.svg"));
        curve.write(folder.resolve("curve.png"));

        assertThat(Files.readString(folder.resolve("curve.svg")))
                .startsWith("<?xml")
                .contains("<svg");
        assertThat(Files.readAllBytes(folder.resolve("curve.png"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void shouldSayWhatEachNetworkIs() {
        assertThat(curve.section(Path.of("ewt/dev.conllu"), 7).text("figures"))
                .contains("![Accuracy and speed](figures/speed.svg)")
                .contains(
                        "| `small-1` | LSTM 12, look-ahead 1, fp32 | 95.20 | 200,000 (199,000 to 201,000) | 1.43 |",
                        "| `opennlp-perceptron-ewt` |  | 93.20 |",
                        "`dev.conllu`",
                        "medians of 7");
    }

    @Test
    void shouldSayBeforeMeasuringThatAFigureCannotBeWritten() {
        assertThatThrownBy(() -> TaggerCurve.requirePlace(folder.resolve("curve.gif")))
                .hasMessageContainingAll("curve.gif", ".svg", ".png");
        assertThatThrownBy(() -> TaggerCurve.requirePlace(folder.resolve("absent/curve.svg")))
                .hasMessageContaining("cannot be written");
    }

    private static TaggerRow row(String name, double upos, double speed) {
        return new TaggerRow(
                name, false, Map.of("upos", upos), new Spread(speed, speed - 1000, speed + 1000), speed / 140_000);
    }
}
