package io.tagstream.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tagstream.text.Token;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tokenizer against UD English EWT, where the environment variable TAGSTREAM_DATA names a folder that has it. */
class TreebankTest {
    @Test
    void shouldFindTheWordsOfTheDevelopmentPart() throws IOException {
        List<GoldText> dev = GoldText.read(treebank("dev.conllu"));
        Tokenizer tokenizer = new UdEnglishTokenizer();

        WordScore score = WordScore.of(tokenizer, dev);

        assertThat(score.gold()).isEqualTo(25_147);
        assertThat(score.f1()).isGreaterThan(99.3);
        for (GoldText sentence : dev) {
            List<Token> tokens = tokenizer.tokenize(sentence.text());
            TokenizerGuarantees.check(sentence.text(), tokens);
        }
    }

    @Test
    void shouldGetTheShippedModelFromTheTrainingPart() throws IOException {
        List<GoldText> train = GoldText.read(treebank("train.conllu"));
        List<GoldText> dev = GoldText.read(treebank("dev.conllu"));
        ByteArrayOutputStream trained = new ByteArrayOutputStream();
        BoundaryTraining.write(BoundaryTraining.train(train, BoundaryTraining.parameters()), trained);

        BoundaryModel model = BoundaryModel.read(new ByteArrayInputStream(trained.toByteArray()));

        // Not the same bytes: another processor's arithmetic may differ in the last digit.
        Tokenizer fresh = new UdEnglishTokenizer(model);
        Tokenizer shipped = new UdEnglishTokenizer();
        long different = dev.stream()
                .filter(sentence -> !fresh.tokenize(sentence.text()).equals(shipped.tokenize(sentence.text())))
                .count();
        assertThat(different).isLessThanOrEqualTo(5);
    }

    private static Path treebank(String file) {
        String data = System.getenv("TAGSTREAM_DATA");
        assumeTrue(data != null, "TAGSTREAM_DATA is not set: no treebank to compare with");
        Path path = Path.of(data, "ewt", file);
        assumeTrue(Files.exists(path), () -> "there is no " + path + ": no treebank to compare with");
        return path;
    }
}
