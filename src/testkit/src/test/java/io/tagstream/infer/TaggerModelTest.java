package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.export.TaggerWeights;
import io.tagstream.export.Tensor;
import io.tagstream.fixture.TinyModels;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.text.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TaggerModelTest {
    /** Activations are rounded to 8 bits and weights to 7; a wrong gate or scale is off by 0.1 and more. */
    private static final float INT8_ERROR = 0.02f;

    static Stream<TinyModels> fp32() {
        return Stream.of(
                TinyModels.lstm(),
                TinyModels.rnn(),
                TinyModels.lstm().lookAhead(1),
                TinyModels.lstm().lookAhead(2).layers(2).labelLayers(3),
                TinyModels.rnn().layers(3).lookAhead(1).labelLayers(1),
                TinyModels.lstm().backward(4),
                TinyModels.lstm().backward(4).lookAhead(2).layers(2),
                TinyModels.rnn().backward(3).lookAhead(1),
                TinyModels.lstm().hidden(64));
    }

    @ParameterizedTest
    @MethodSource("fp32")
    void shouldFollowTheEquations(TinyModels recipe) {
        try (TaggerModel model = recipe.open()) {
            Equations.assertFollowed(model, recipe);
        }
    }

    @Test
    void shouldReadALargeTableOfInt8AsHalfFloats() {
        TinyModels recipe = TinyModels.rnn().lookAhead(1).int8();
        Map<String, Tensor> rounded = new HashMap<>(recipe.weights().tensors());
        rounded.replaceAll((name, tensor) -> name.startsWith("embedding.") ? rounded(tensor) : tensor);
        ReferenceTagger reference = new ReferenceTagger(recipe.contract(), new TaggerWeights(rounded));
        try (TaggerModel model = recipe.open();
                SentenceTagger tagger = model.newTagger()) {
            HiddenState state = HiddenState.zero(recipe.contract());
            List<Token> tokens = TinyModels.sentence(new Random(5), 30);
            TaggedText tagged = tagger.tag(tokens, state);
            ReferenceTagger.Outcome expected = reference.run(ids(recipe, tokens), tokens.size(), state);
            Equations.assertStates(recipe.contract(), tagged.next(), expected);
        }
    }

    private static int[][] ids(TinyModels recipe, List<Token> tokens) {
        return new FeatureExtractor(recipe.contract().columns(), recipe.lookAhead()).ids(tokens);
    }

    /** To 11 significant bits, as half floats have in the range of these weights, or to steps of 2 to the minus 24 below. */
    private static Tensor rounded(Tensor table) {
        float[] values = table.values().clone();
        for (int at = 0; at < values.length; at++) {
            double step = Math.max(0x1p-24, Math.ulp(values[at]) * 0x1p13);
            values[at] = (float) (Math.rint(values[at] / step) * step);
        }
        return new Tensor(values, table.shape());
    }

    static Stream<TinyModels> int8() {
        return Stream.of(
                TinyModels.lstm().int8(),
                TinyModels.lstm().int8().layers(2).lookAhead(1).backward(4),
                TinyModels.lstm().int8().hidden(64).lookAhead(1),
                TinyModels.rnn().int8().lookAhead(2).backward(5));
    }

    @ParameterizedTest
    @MethodSource("int8")
    void shouldStayNearTheEquationsInInt8(TinyModels recipe) {
        ReferenceTagger reference = new ReferenceTagger(recipe.contract(), recipe.weights());
        try (TaggerModel model = recipe.open()) {
            List<Token> tokens = TinyModels.sentence(new Random(5), 40);
            HiddenState state = HiddenState.zero(recipe.contract());
            ReferenceTagger.Outcome expected = reference.run(ids(recipe, tokens), tokens.size(), state);
            float[][] probabilities = model.probabilities(tokens, state, "upos");
            for (int t = 0; t < tokens.size(); t++) {
                for (int label = 0; label < probabilities[t].length; label++) {
                    assertThat(probabilities[t][label])
                            .isCloseTo((float) expected.probabilities()[0][t][label], Offset.offset(INT8_ERROR));
                }
            }
        }
    }
}
