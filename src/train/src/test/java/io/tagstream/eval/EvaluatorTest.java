package io.tagstream.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.tagstream.data.LabelledSentence;
import io.tagstream.fixture.TinyModels;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final List<List<String>> SENTENCES = List.of(
            List.of("I", "eat", "apple", "."),
            List.of("I", "work", "at", "Apple", "."),
            List.of("NASA", "!"),
            List.of("I", "work", "."));

    private final TaggerModel model = TinyModels.lstm().hidden(12).lookAhead(1).open();

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void shouldFindAllRightWhatTheModelItselfSaysWithItsStateCarriedInsideDocuments() {
        Evaluation evaluation = Evaluator.evaluate(model, ownTags(false, true), Evaluator.Casing.AS_WRITTEN);

        assertThat(evaluation.tokens()).isEqualTo(14);
        assertThat(evaluation.sentences()).isEqualTo(4);
        assertThat(evaluation.accuracy()).containsExactly(Map.entry("upos", 100.0), Map.entry("xpos", 100.0));
        assertThat(evaluation.cpuSeconds()).isPositive();
        assertThat(evaluation.tokensPerCpuSecond()).isCloseTo(14 / evaluation.cpuSeconds(), within(1e-6));
    }

    @Test
    void shouldCountEveryWrongToken() {
        List<LabelledSentence> corpus = new ArrayList<>(ownTags(false, true));
        LabelledSentence first = corpus.get(0);
        List<String> labels = new ArrayList<>(first.labels().get("upos"));
        labels.set(2, "NO-SUCH-TAG");
        corpus.set(
                0,
                relabelled(first, Map.of("upos", labels, "xpos", first.labels().get("xpos"))));

        Evaluation evaluation = Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN);

        assertThat(evaluation.accuracy()).containsEntry("upos", 100.0 * 13 / 14).containsEntry("xpos", 100.0);
    }

    @Test
    void shouldShowTheModelLowerCaseWhenAsked() {
        List<LabelledSentence> corpus = ownTags(true, true);

        assertThat(Evaluator.evaluate(model, corpus, Evaluator.Casing.LOWER_CASE)
                        .accuracy())
                .containsEntry("upos", 100.0);
    }

    @Test
    void shouldTellKnownWordsFromUnknownOnes() {
        List<LabelledSentence> corpus = ownTags(false, true);
        KnownWords known = KnownWords.ofCorpus(
                "x", List.of(new LabelledSentence("", null, List.of("i", "WORK", "."), Map.of(), true)));

        Evaluation byCorpus = Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN, known);
        Evaluation byModel = Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN);

        // I work . three, two and three times; unknown are eat, apple, at, Apple, NASA and !.
        assertThat(layer(byCorpus, "upos").known().total()).isEqualTo(8);
        assertThat(layer(byCorpus, "upos").unknown().total()).isEqualTo(6);
        assertThat(byCorpus.knownWords()).isEqualTo("the words of x");
        // The tiny model's vocabulary has all but NASA and !.
        assertThat(layer(byModel, "xpos").known().total()).isEqualTo(12);
        assertThat(byModel.knownWords()).contains("vocabulary");
    }

    @Test
    void shouldCountScoresTowardsCalibration() {
        Evaluation evaluation = Evaluator.evaluate(model, ownTags(false, true), Evaluator.Casing.AS_WRITTEN);

        // All is right, so the error is what the mean score lacks of 1.
        assertThat(evaluation.calibration().total()).isEqualTo(14);
        double mean = evaluation.calibration().bins().stream()
                .mapToDouble(bin -> bin.meanScore() * bin.tokens() / 14)
                .sum();
        assertThat(evaluation.calibration().error()).isCloseTo(1 - mean, within(1e-6));
    }

    @Test
    void shouldLeaveOutALayerThatTheCorpusLacks() {
        List<LabelledSentence> corpus = ownTags(false, false);

        assertThat(Evaluator.evaluate(model, corpus, Evaluator.Casing.AS_WRITTEN)
                        .accuracy())
                .containsOnlyKeys("upos");
    }

    @Test
    void shouldRefuseACorpusWithNothingToCompare() {
        LabelledSentence bare = new LabelledSentence("", null, List.of("Hi"), Map.of("ner", List.of("O")), true);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(model, List.of(bare), Evaluator.Casing.AS_WRITTEN))
                .withMessageContaining("none of the model's label layers [upos, xpos]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Evaluator.evaluate(model, List.of(), Evaluator.Casing.AS_WRITTEN));
    }

    private static LayerScore layer(Evaluation evaluation, String name) {
        return Objects.requireNonNull(evaluation.layers().get(name));
    }

    /** A corpus of two documents whose gold labels are what the model says. */
    private List<LabelledSentence> ownTags(boolean lowerCase, boolean withXpos) {
        List<LabelledSentence> corpus = new ArrayList<>();
        HiddenState state = HiddenState.zero(model.contract());
        try (SentenceTagger tagger = model.newTagger()) {
            for (int s = 0; s < SENTENCES.size(); s++) {
                boolean begins = s % 2 == 0;
                List<Token> tokens = SENTENCES.get(s).stream()
                        .map(form -> Token.of(lowerCase ? form.toLowerCase(Locale.ROOT) : form))
                        .toList();
                TaggedText text = tagger.tag(tokens, begins ? HiddenState.zero(model.contract()) : state);
                state = text.next();
                List<String> upos = text.tokens().stream().map(TokenTags::tag).toList();
                List<String> xpos = text.tokens().stream()
                        .map(token -> token.tags().getOrDefault("xpos", ""))
                        .toList();
                corpus.add(new LabelledSentence(
                        "",
                        null,
                        SENTENCES.get(s),
                        withXpos ? Map.of("upos", upos, "xpos", xpos) : Map.of("upos", upos),
                        begins));
            }
        }
        return corpus;
    }

    private static LabelledSentence relabelled(LabelledSentence sentence, Map<String, List<String>> labels) {
        return new LabelledSentence(
                sentence.id(), sentence.text(), sentence.forms(), labels, sentence.beginsDocument());
    }
}
