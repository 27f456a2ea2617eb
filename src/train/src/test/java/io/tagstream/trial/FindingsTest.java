package io.tagstream.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    private static final Map<String, String> CONDITIONS = Map.of("epochs", "5", "train", "train.conllu 12ab");

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("findings.json");
    }

    @Test
    void shouldHoldAfterANewStartWhatWasAdded() throws IOException {
        Findings.open(file, CONDITIONS).add(finding(2, "LSTM 128", 95.5));
        Findings.open(file, CONDITIONS).add(finding(1, "LSTM 128", 95.1));

        Findings again = Findings.open(file, CONDITIONS);

        assertThat(again.of(Measure.TRAINING, "base"))
                .containsExactly(finding(1, "LSTM 128", 95.1), finding(2, "LSTM 128", 95.5));
        assertThat(again.find(Measure.TRAINING, "base", 2, "LSTM 128")).contains(finding(2, "LSTM 128", 95.5));
        assertThat(again.find(Measure.STREAMS, "base", 2, "LSTM 128")).isEmpty();
        assertThat(again.over(Measure.TRAINING, "base", one -> one.value("upos"))
                        .text())
                .isEqualTo("95.30 (95.10 to 95.50)");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void shouldNotTakeAFindingUnderOtherSettingsForThese() throws IOException {
        Findings findings = Findings.open(file, CONDITIONS);
        findings.add(finding(1, "LSTM 64", 94));

        assertThat(findings.find(Measure.TRAINING, "base", 1, "LSTM 128")).isEmpty();
        findings.add(finding(1, "LSTM 128", 95));
        assertThat(findings.of(Measure.TRAINING, "base")).containsExactly(finding(1, "LSTM 128", 95));
    }

    @Test
    void shouldRefuseFindingsUnderOtherConditions() throws IOException {
        Findings.open(file, CONDITIONS).add(finding(1, "LSTM 128", 95));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Findings.open(file, Map.of("epochs", "3", "train", "train.conllu 12ab")))
                .withMessageContainingAll("findings.json", "epochs=5", "epochs=3", "another folder");
    }

    @Test
    void shouldRefuseAFileThatIsNone() throws IOException {
        Files.writeString(file, "{\"conditions\": [");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Findings.open(file, CONDITIONS))
                .withMessageContaining("holds no findings");
    }

    @Test
    void shouldLeaveOutOfTheMeanWhatWasNotMeasured() {
        assertThat(MeanAndRange.of(List.of(1.0, Double.NaN, 2.0))).isEqualTo(new MeanAndRange(1.5, 1, 2));
        assertThat(MeanAndRange.of(List.of(-0.125)).signed()).isEqualTo("-0.13 (-0.13 to -0.13)");
        assertThat(MeanAndRange.of(List.of(Double.NaN)).text()).isEmpty();
    }

    private static Finding finding(long seed, String settings, double upos) {
        return new Finding(Measure.TRAINING, "base", seed, settings, Map.of("upos", upos));
    }
}
