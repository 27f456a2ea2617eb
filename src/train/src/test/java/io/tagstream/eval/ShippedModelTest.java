package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.TaggerModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed models do what their cards say. Needs the treebank: set TAGSTREAM_DATA to the folder that holds ewt/. */
class ShippedModelTest {
    private static final Path MODELS = Path.of("src/models-en/src/main/resources/models");
    private static final long MOST_BYTES = 16_000_000;

    @ParameterizedTest
    // int8 kernels differ a little between instruction sets, so not to the last digit.
    @CsvSource({"en, 96.3, 95.55, 95.1", "en-fast, 95.9, 95.15, 94.3"})
    void shouldBeAsGoodAsItsCardSays(String name, double upos, double xpos, double inLowerCase) throws Exception {
        String data = System.getenv("TAGSTREAM_DATA");
        assumeTrue(data != null, "TAGSTREAM_DATA is not set: the shipped models are not evaluated");
        Path dev = Path.of(String.valueOf(data), "ewt", "dev.conllu");
        assumeTrue(Files.exists(dev), "there is no " + dev + ": the shipped models are not evaluated");
        List<LabelledSentence> corpus = ConlluReader.read(dev);

        try (TaggerModel model = TaggerModel.open(file(name))) {
            Evaluation asWritten = Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN);
            Evaluation lowerCase = Evaluator.evaluate(model, corpus, Evaluator.Casing.LOWER_CASE);

            assertThat(asWritten.accuracy().getOrDefault("upos", 0.0)).isGreaterThan(upos);
            assertThat(asWritten.accuracy().getOrDefault("xpos", 0.0)).isGreaterThan(xpos);
            assertThat(lowerCase.accuracy().getOrDefault("upos", 0.0)).isGreaterThan(inLowerCase);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "en-fast"})
    void shouldBeSmallAndSayWhereItComesFrom(String name) throws Exception {
        assertThat(Files.size(file(name))).isLessThan(MOST_BYTES);
        try (TaggerModel model = TaggerModel.open(file(name))) {
            assertThat(model.contract().name()).isEqualTo(name);
            assertThat(model.contract().tokenizer()).isEqualTo("ud-english");
            assertThat(model.contract().precision()).isEqualTo("int8");
            assertThat(model.contract().provenance().licence()).isEqualTo("CC BY-SA 4.0");
            assertThat(model.contract().provenance().data()).contains("English Web Treebank");
        }
    }

    private static Path file(String name) {
        return MODELS.resolve(name + ".onnx");
    }
}
