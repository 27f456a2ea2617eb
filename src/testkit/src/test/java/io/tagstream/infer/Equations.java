package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.TinyModels;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.text.Token;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;

/** Compares what a model says with the equations of {@link ReferenceTagger}. */
final class Equations {
    private static final Offset<Float> CLOSE = Offset.offset(1e-5f);

    private Equations() {}

    /** A model of a recipe's weights follows the equations: tags, scores, probabilities and states, over several calls. */
    static void assertFollowed(TaggerModel model, TinyModels recipe) {
        ModelContract contract = recipe.contract();
        ReferenceTagger reference = new ReferenceTagger(contract, recipe.weights());
        FeatureExtractor extractor = new FeatureExtractor(contract.columns(), contract.lookAhead());
        Random random = new Random(7);
        try (SentenceTagger tagger = model.newTagger()) {
            HiddenState state = HiddenState.zero(contract);
            for (int length : new int[] {1, 3, 1, 17, 40}) {
                List<Token> tokens = TinyModels.sentence(random, length);
                ReferenceTagger.Outcome expected = reference.run(extractor.ids(tokens), length, state);
                TaggedText tagged = tagger.tag(tokens, state);
                assertStates(contract, tagged.next(), expected);
                assertTags(contract, tagged, expected);
                for (int layer = 0; layer < contract.labelLayers().size(); layer++) {
                    LabelLayer labels = contract.labelLayers().get(layer);
                    float[][] probabilities = model.probabilities(tokens, state, labels.name());
                    for (int t = 0; t < length; t++) {
                        for (int label = 0; label < labels.tags().size(); label++) {
                            assertThat(probabilities[t][label])
                                    .isCloseTo((float) expected.probabilities()[layer][t][label], CLOSE);
                        }
                    }
                }
                state = tagged.next();
            }
        }
    }

    static void assertStates(ModelContract contract, HiddenState state, ReferenceTagger.Outcome expected) {
        assertThat(state.h()).hasSize(contract.stateSize());
        assertThat(state.c()).hasSize(contract.cell() == Cell.LSTM ? contract.stateSize() : 0);
        for (int unit = 0; unit < state.h().length; unit++) {
            assertThat(state.h()[unit]).isCloseTo((float) expected.h()[unit], CLOSE);
        }
        for (int unit = 0; unit < state.c().length; unit++) {
            assertThat(state.c()[unit]).isCloseTo((float) expected.c()[unit], CLOSE);
        }
    }

    static void assertTags(ModelContract contract, TaggedText tagged, ReferenceTagger.Outcome expected) {
        for (int t = 0; t < tagged.tokens().size(); t++) {
            for (int layer = 0; layer < contract.labelLayers().size(); layer++) {
                LabelLayer labels = contract.labelLayers().get(layer);
                double[] probabilities = expected.probabilities()[layer][t];
                int best = best(probabilities);
                String tag = layer == 0
                        ? tagged.tokens().get(t).tag()
                        : tagged.tokens().get(t).tags().get(labels.name());
                assertThat(tag).isEqualTo(labels.tags().label(best));
                if (layer == 0) {
                    assertThat(tagged.tokens().get(t).score()).isCloseTo((float) probabilities[best], CLOSE);
                }
            }
        }
    }

    private static int best(double[] probabilities) {
        int best = 0;
        for (int label = 1; label < probabilities.length; label++) {
            if (probabilities[label] > probabilities[best]) {
                best = label;
            }
        }
        return best;
    }
}
