package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.TaggerModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committed model does what its card says. Needs the treebank: set TAGSTREAM_DATA to the folder that holds ewt/. */
class ShippedModelTest {
    private static final Path MODEL = Path.of("src/main/resources/models/en.onnx");
    private static final long MOST_BYTES = 16_000_000;

    @Test
    void shouldBeAsGoodAsItsCardSays() throws Exception {
        String data = System.getenv("TAGSTREAM_DATA");
        assumeTrue(data != null, "TAGSTREAM_DATA is not set: the shipped model is not evaluated");
        Path dev = Path.of(String.valueOf(data), "ewt", "dev.conllu");
        assumeTrue(Files.exists(dev), "there is no " + dev + ": the shipped model is not evaluated");
        List<LabelledSentence> corpus = ConlluReader.read(dev);

        try (TaggerModel model = TaggerModel.open(MODEL)) {
            Evaluation asWritten = Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN);
            Evaluation lowerCase = Evaluator.evaluate(model, corpus, Evaluator.Casing.LOWER_CASE);

            // int8 kernels differ a little between instruction sets, so not to the last digit.
            assertThat(asWritten.accuracy().getOrDefault("upos", 0.0)).isGreaterThan(95.4);
            assertThat(asWritten.accuracy().getOrDefault("xpos", 0.0)).isGreaterThan(94.9);
            assertThat(lowerCase.accuracy().getOrDefault("upos", 0.0)).isGreaterThan(94.4);
        }
    }

    @Test
    void shouldBeSmallAndSayWhereItComesFrom() throws Exception {
        assertThat(Files.size(MODEL)).isLessThan(MOST_BYTES);
        try (TaggerModel model = TaggerModel.open(MODEL)) {
            assertThat(model.contract().name()).isEqualTo("en");
            assertThat(model.contract().tokenizer()).isEqualTo("ud-english");
            assertThat(model.contract().precision()).isEqualTo("int8");
            assertThat(model.contract().lookAhead()).isEqualTo(1);
            assertThat(model.contract().provenance().licence()).isEqualTo("CC BY-SA 4.0");
            assertThat(model.contract().provenance().data()).contains("English Web Treebank");
        }
    }
}
