package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tagstream.fixture.TinyModels;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.ModelContract;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The tagger's own part, on a stepper that answers what the test wants. */
final class SentenceTaggerTest {
    private static final ModelContract CONTRACT =
            TinyModels.lstm().lookAhead(2).labelLayers(3).contract();

    /** Answers label 1 with score 0.5 everywhere and counts its calls; the test may change an answer. */
    private static final class FakeStepper implements Stepper {
        private final List<Integer> lengths = new ArrayList<>();
        private final List<int[]> ids = new ArrayList<>();
        private final Consumer<Step> change;
        private boolean closed;

        FakeStepper(Consumer<Step> change) {
            this.change = change;
        }

        @Override
        public Step step(int[] ids, int length, HiddenState state) {
            lengths.add(length);
            this.ids.add(ids);
            int[][] labels = new int[3][length];
            float[] scores = new float[length];
            Arrays.fill(scores, 0.5f);
            for (int[] layer : labels) {
                Arrays.fill(layer, 1);
            }
            float[] h = state.h().clone();
            h[0] += length;
            Step step = new Step(labels, scores, new HiddenState(h, state.c().clone()));
            change.accept(step);
            return step;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static SentenceTagger tagger(Stepper stepper) {
        return new SentenceTagger(CONTRACT, new FeatureExtractor(CONTRACT.columns(), CONTRACT.lookAhead()), stepper);
    }

    @Test
    void shouldNameLabelsByTheirLayers() {
        try (SentenceTagger tagger = tagger(new FakeStepper(step -> {
            step.labels()[0][1] = 4;
            step.scores()[1] = 0.75f;
            step.labels()[1][1] = 5;
            step.labels()[2][1] = 0;
        }))) {
            TaggedText tagged = tagger.tag(List.of(Token.of("I"), Token.of(",")), HiddenState.zero(CONTRACT));
            assertThat(tagged.tokens().get(0).tag()).isEqualTo("VERB");
            assertThat(tagged.tokens().get(0).tags()).isEqualTo(Map.of("xpos", "VB", "ner", "B-ORG"));
            assertThat(tagged.tokens().get(1).tag()).isEqualTo("PUNCT");
            assertThat(tagged.tokens().get(1).score()).isEqualTo(0.75f);
            assertThat(tagged.tokens().get(1).tags()).isEqualTo(Map.of("xpos", ",", "ner", "O"));
            assertThat(tagged.tokens().get(1).token()).isEqualTo(Token.of(","));
        }
    }

    @Test
    void shouldEndEveryPieceWithItsOwnEndSymbols() {
        FakeStepper stepper = new FakeStepper(step -> {});
        try (SentenceTagger tagger = tagger(stepper)) {
            TaggedText tagged = tagger.tag(TinyModels.sentence(new Random(1), 1030), HiddenState.zero(CONTRACT));
            assertThat(stepper.lengths).containsExactly(512, 512, 6);
            assertThat(tagged.next().h()[0]).isEqualTo(1030f);
        }
        for (int call = 0; call < 3; call++) {
            int[] ids = stepper.ids.get(call);
            int end = stepper.lengths.get(call) * 3;
            // The columns have 12, 7 and 8 rows, the second of each the end symbol's.
            assertThat(Arrays.copyOfRange(ids, end, ids.length)).containsExactly(1, 13, 20, 1, 13, 20);
            assertThat(Arrays.copyOf(ids, end)).doesNotContain(1, 13, 20);
        }
        assertThat(stepper.closed).isTrue();
    }

    @Test
    void shouldNotCallTheModelForAnEmptySentence() {
        FakeStepper stepper = new FakeStepper(step -> {});
        try (SentenceTagger tagger = tagger(stepper)) {
            HiddenState state = HiddenState.zero(CONTRACT);
            assertThat(tagger.tag(List.of(), state).next()).isSameAs(state);
            assertThat(stepper.lengths).isEmpty();
        }
    }

    @Test
    void shouldRefuseAnswersThatAreNoTags() {
        assertThat(failure(step -> step.scores()[2] = Float.NaN))
                .hasMessage("the model gave token 2 the upos label 1 of 5 with score NaN");
        assertThat(failure(step -> step.scores()[0] = Float.POSITIVE_INFINITY))
                .hasMessage("the model gave token 0 the upos label 1 of 5 with score Infinity");
        assertThat(failure(step -> step.labels()[2][1] = 3)).hasMessage("the model gave token 1 the ner label 3 of 3");
        assertThat(failure(step -> step.labels()[0][0] = -1).token()).isZero();
        assertThat(failure(step -> step.next().h()[5] = Float.NaN))
                .hasMessage("the model's state is not finite after token 3");
        assertThat(failure(step -> step.next().c()[0] = Float.NEGATIVE_INFINITY).token())
                .isEqualTo(3);
    }

    private static UntaggableSentenceException failure(Consumer<Step> change) {
        try (SentenceTagger tagger = tagger(new FakeStepper(change))) {
            List<Token> tokens = TinyModels.sentence(new Random(1), 4);
            return catchThrowableOfType(
                    UntaggableSentenceException.class, () -> tagger.tag(tokens, HiddenState.zero(CONTRACT)));
        }
    }

    @Test
    void shouldRefuseAStateOfAnotherSize() {
        try (TaggerModel model = TinyModels.lstm().open();
                SentenceTagger tagger = model.newTagger()) {
            HiddenState other = HiddenState.zero(TinyModels.lstm().hidden(7).contract());
            assertThatThrownBy(() -> tagger.tag(List.of(Token.of("I")), other))
                    .hasMessage("the state has 7 + 7 floats, expected 6 + 6");
        }
    }

    @Test
    void shouldTellStatesApartThatDifferInOneBit() {
        float[] h = {0.5f, 0f};
        HiddenState state = new HiddenState(h, new float[] {1});
        assertThat(state.digest()).isNotEqualTo(new HiddenState(new float[] {0.5f, -0f}, new float[] {1}).digest());
        assertThat(state).isNotEqualTo(new HiddenState(new float[] {0.5f, -0f}, new float[] {1}));
        assertThat(state).isEqualTo(new HiddenState(h.clone(), new float[] {1}));
    }
}
