package io.tagstream.rawtext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.data.LabelledSentence;
import io.tagstream.data.WordRange;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawTextEvaluatorTest {
    private static final String TEXT = "I don't eat.";

    private final TaggerModel model = TinyModels.lstm().lookAhead(1).open();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void shouldScoreWordsAndTagsTogether() {
        List<Token> cut =
                List.of(new Token("I", 0, 1), new Token("do", 2, 4), new Token("n't", 4, 7), new Token("eat.", 8, 12));
        List<String> tags = tags(cut);
        // Five gold words, four found, three aligned; of those "do" has another tag than the gold one.
        List<String> gold = List.of(tags.get(0), "NO-SUCH-TAG", tags.get(2), "VERB", "PUNCT");

        RawScore score = RawTextEvaluator.evaluate(model, text -> cut, List.of(sentence(gold)), Casing.AS_WRITTEN);

        assertThat(score).isEqualTo(new RawScore(5, 4, 3, Map.of("upos", 2)));
        assertThat(score.wordsF1()).isCloseTo(200.0 * 3 / 9, within(1e-9));
        assertThat(score.f1()).containsOnlyKeys("upos");
        assertThat(score.f1().getOrDefault("upos", 0.0)).isCloseTo(200.0 * 2 / 9, within(1e-9));
    }

    @Test
    void shouldLowerCaseTheTextWithoutMovingIt() {
        List<String> seen = new ArrayList<>();
        RawTextEvaluator.evaluate(
                model,
                text -> {
                    seen.add(text);
                    return List.of();
                },
                List.of(sentence(List.of("A", "B", "C", "D", "E"))),
                Casing.LOWER_CASE);

        assertThat(seen).containsExactly("i don't eat.");
        assertThat(RawTextEvaluator.lowerCase("\u0130STANBUL \uD801\uDC00"))
                .hasSize("\u0130STANBUL \uD801\uDC00".length());
    }

    private List<String> tags(List<Token> tokens) {
        try (SentenceTagger tagger = model.newTagger()) {
            return tagger.tag(tokens, HiddenState.zero(model.contract())).tokens().stream()
                    .map(TokenTags::tag)
                    .toList();
        }
    }

    private static LabelledSentence sentence(List<String> upos) {
        return new LabelledSentence(
                "",
                TEXT,
                List.of("I", "do", "n't", "eat", "."),
                Map.of("upos", upos),
                true,
                List.of(new WordRange(1, 3, "don't")));
    }
}
