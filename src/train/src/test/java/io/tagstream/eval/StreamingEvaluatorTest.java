package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StreamingEvaluatorTest {
    @Test
    void shouldFindThatNothingChangesWhereTheModelDoesNotLookAhead() {
        try (TaggerModel model = TinyModels.lstm().open()) {
            StreamingScore score = StreamingEvaluator.evaluate(model, corpus(), Casing.AS_WRITTEN);

            assertThat(score.layer()).isEqualTo("upos");
            assertThat(score.delays()).extracting(DelayScore::lookAhead).containsExactly(0, 1, 2);
            assertThat(score.delays()).allSatisfy(delay -> {
                assertThat(delay.editOverhead()).isZero();
                assertThat(delay.correctionTime()).isZero();
                assertThat(delay.relativeCorrectness()).isEqualTo(1.0);
                assertThat(delay.accuracy()).isEqualTo(score.wholeAccuracy());
            });
        }
    }

    @Test
    void shouldFindThatNothingChangesAfterTheTokensThatTheModelLooksAhead() {
        try (TaggerModel model = TinyModels.lstm().hidden(12).lookAhead(1).open()) {
            StreamingScore score = StreamingEvaluator.evaluate(model, corpus(), Casing.AS_WRITTEN);

            assertThat(score.delays().get(0).editOverhead()).isPositive();
            assertThat(score.delays().get(0).longestCorrectionTime()).isEqualTo(1);
            assertThat(score.delays().get(1).editOverhead()).isZero();
            assertThat(score.delays().get(1).accuracy()).isEqualTo(score.wholeAccuracy());
        }
    }

    @Test
    void shouldAgreeWithTheEvaluatorOnWholeSentencesWithTheStateCarried() {
        try (TaggerModel model = TinyModels.lstm().hidden(12).lookAhead(1).open()) {
            StreamingScore score = StreamingEvaluator.evaluate(model, corpus(), Casing.LOWER_CASE);
            Evaluation evaluation = Evaluator.evaluate(model, corpus(), Casing.LOWER_CASE);

            assertThat(evaluation.accuracy()).containsEntry("upos", score.wholeAccuracy());
            assertThat(score.tokens()).isEqualTo(evaluation.tokens());
            assertThat(score.sentences()).isEqualTo(evaluation.sentences());
        }
    }

    @Test
    void shouldRefuseACorpusWithoutTheLayer() {
        LabelledSentence bare = new LabelledSentence("", null, List.of("Hi"), Map.of("ner", List.of("O")), true);
        try (TaggerModel model = TinyModels.lstm().open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StreamingEvaluator.evaluate(model, List.of(bare), Casing.AS_WRITTEN))
                    .withMessageContaining("upos");
        }
    }

    private static List<LabelledSentence> corpus() {
        Random random = new Random(5);
        List<String> tags = List.of("NOUN", "VERB", "PRON", "ADP", "PUNCT");
        List<LabelledSentence> corpus = new ArrayList<>();
        for (int s = 0; s < 30; s++) {
            List<String> forms = TinyModels.sentence(random, 1 + random.nextInt(12)).stream()
                    .map(Token::form)
                    .toList();
            List<String> labels = forms.stream()
                    .map(form -> tags.get(random.nextInt(tags.size())))
                    .toList();
            corpus.add(new LabelledSentence("", null, forms, Map.of("upos", labels), s % 5 == 0));
        }
        return corpus;
    }
}
