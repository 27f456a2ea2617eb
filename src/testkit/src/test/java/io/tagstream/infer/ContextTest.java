package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.text.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped models on words that only their context decides: the share of marked words that it tags right. */
final class ContextTest {
    private static final Path MODELS = Path.of("src/models-en/src/main/resources/models");
    private static final Path CORPUS = Path.of("src/it/src/test/resources/corpus");

    @ParameterizedTest
    @CsvSource({
        "en, roles, 0.95",
        "en, names, 0.65",
        "en, companies, 0.65",
        "en-fast, roles, 0.93",
        "en-fast, names, 0.65",
        "en-fast, companies, 0.62"
    })
    void shouldTellRolesByContext(String model, String sentences, double least) throws IOException {
        int right = 0;
        int all = 0;
        List<String> wrong = new ArrayList<>();
        try (TaggerModel tested = TaggerModel.open(MODELS.resolve(model + ".onnx"));
                SentenceTagger tagger = tested.newTagger()) {
            for (String line : Files.readAllLines(CORPUS.resolve(sentences + ".tsv"))) {
                if (line.startsWith("#")) {
                    continue;
                }
                String[] fields = line.split("\t", -1);
                List<Token> tokens = new ArrayList<>();
                int marked = -1;
                for (String form : fields[1].split(" ", -1)) {
                    marked = form.startsWith("*") ? tokens.size() : marked;
                    tokens.add(Token.of(form.startsWith("*") ? form.substring(1) : form));
                }
                String tag = tagger.tag(tokens, HiddenState.zero(tested.contract()))
                        .tokens()
                        .get(marked)
                        .tag();
                all++;
                if (tag.equals(fields[0])) {
                    right++;
                } else {
                    wrong.add(fields[1] + ": " + tag);
                }
            }
        }
        assertThat((double) right / all).as("wrong: %s", wrong).isGreaterThanOrEqualTo(least);
    }

    /** The pair of the lecture notes, of the default model: its card and that of en-fast, which takes both for a name, give the probabilities. */
    @Test
    void shouldTellTheFruitFromTheCompany() {
        try (TaggerModel tested = TaggerModel.open(MODELS.resolve("en.onnx"));
                SentenceTagger tagger = tested.newTagger()) {
            assertThat(List.of(
                            tagOfLast(tagger, tested, "I", "eat", "apple", "."),
                            tagOfLast(tagger, tested, "I", "work", "at", "apple", ".")))
                    .containsExactly("NOUN", "PROPN");
        }
    }

    /** The tag of the last word before the full stop. */
    private static String tagOfLast(SentenceTagger tagger, TaggerModel model, String... forms) {
        List<Token> tokens = Arrays.stream(forms).map(Token::of).toList();
        return tagger.tag(tokens, HiddenState.zero(model.contract()))
                .tokens()
                .get(forms.length - 2)
                .tag();
    }
}
