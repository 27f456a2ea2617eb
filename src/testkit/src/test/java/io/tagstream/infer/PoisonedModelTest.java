package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tagstream.fixture.PoisonedModels;
import io.tagstream.fixture.TinyModels;
import io.tagstream.text.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that give NaN for one word, run by ONNX Runtime: a sentence with it is refused, and the state before it still holds. */
final class PoisonedModelTest {
    private static final String POISON = "apple";

    static Stream<Arguments> models() throws IOException {
        byte[] lstm = TinyModels.lstm().layers(2).bytes();
        byte[] rnn = TinyModels.rnn().bytes();
        return Stream.of(
                Arguments.of("LSTM, scores", lstm, PoisonedModels.inScores(lstm, POISON)),
                Arguments.of("LSTM, state", lstm, PoisonedModels.inState(lstm, POISON)),
                Arguments.of("RNN, scores", rnn, PoisonedModels.inScores(rnn, POISON)),
                Arguments.of("RNN, state", rnn, PoisonedModels.inState(rnn, POISON)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void shouldRefuseASentenceThatGivesNaNAndGoOnFromTheStateBeforeIt(String name, byte[] whole, byte[] poison) {
        Random random = new Random(41);
        try (TaggerModel good = TaggerModel.open(whole, "whole.onnx");
                TaggerModel poisoned = TaggerModel.open(poison, "poisoned.onnx");
                SentenceTagger expected = good.newTagger();
                SentenceTagger tagger = poisoned.newTagger()) {
            HiddenState state = HiddenState.zero(good.contract());
            int refused = 0;
            for (int round = 0; round < 60; round++) {
                List<Token> sentence = new ArrayList<>(TinyModels.sentence(random, 1 + random.nextInt(20)));
                HiddenState before = state;
                if (sentence.stream().anyMatch(token -> token.form().equalsIgnoreCase(POISON))) {
                    assertThatThrownBy(() -> tagger.tag(sentence, before))
                            .as("round %s", round)
                            .isInstanceOf(UntaggableSentenceException.class);
                    refused++;
                } else {
                    TaggedText tagged = expected.tag(sentence, before);
                    assertThat(tagger.tag(sentence, before)).isEqualTo(tagged);
                    state = tagged.next();
                }
            }
            assertThat(refused).isBetween(20, 55);
        }
    }
}
