package io.tagstream.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.ModelContract;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChecksumModelTest {
    private static final List<String> WORDS = List.of("a", "cat", "sat", "on", "the", "mat", ".");
    private static final long SEED = 5;

    @Test
    void shouldComputeTheChecksumExactly() {
        try (TaggerModel model = open();
                SentenceTagger tagger = model.newTagger()) {
            HiddenState state = HiddenState.zero(model.contract());
            long[] expected = new long[ChecksumModel.HIDDEN];
            Random random = new Random(1);
            for (int sentence = 0; sentence < 200; sentence++) {
                List<Token> tokens = tokens(random, 1 + random.nextInt(40));
                TaggedText tagged = tagger.tag(tokens, state);
                for (int t = 0; t < tokens.size(); t++) {
                    step(expected, tokens.get(t), model.contract());
                    assertThat(tagged.tokens().get(t).tag())
                            .isEqualTo(ChecksumModel.LABELS.get((int) (expected[0] % ChecksumModel.LABELS.size())));
                }
                state = tagged.next();
                for (int at = 0; at < expected.length; at++) {
                    assertThat((long) state.h()[at]).isEqualTo(expected[at]);
                }
            }
        }
    }

    @Test
    void shouldShowForEverThatATokenWasLostDoubledOrMoved() {
        try (TaggerModel model = open();
                SentenceTagger tagger = model.newTagger()) {
            HiddenState zero = HiddenState.zero(model.contract());
            List<Token> whole = tokens(new Random(2), 12);
            List<Token> lost = new ArrayList<>(whole);
            lost.remove(5);
            List<Token> doubled = new ArrayList<>(whole);
            doubled.add(5, whole.get(5));
            List<Token> moved = new ArrayList<>(whole);
            moved.set(0, Token.of("cat"));
            moved.set(1, Token.of("sat"));
            List<Token> swapped = new ArrayList<>(moved);
            Collections.swap(swapped, 0, 1);
            HiddenState[] states = {
                tagger.tag(whole, zero).next(),
                tagger.tag(lost, zero).next(),
                tagger.tag(doubled, zero).next(),
                tagger.tag(moved, zero).next(),
                tagger.tag(swapped, zero).next()
            };
            for (int sentence = 0; sentence < 500; sentence++) {
                List<Token> same = tokens(new Random(sentence), 20);
                for (int run = 0; run < states.length; run++) {
                    states[run] = tagger.tag(same, states[run]).next();
                }
                assertThat(List.of(states)).doesNotHaveDuplicates();
            }
        }
    }

    private static TaggerModel open() {
        return TaggerModel.open(ChecksumModel.bytes(WORDS, SEED), "checksum.onnx");
    }

    private static void step(long[] state, Token token, ModelContract contract) {
        int[] ids = new FeatureExtractor(contract.columns(), 0).ids(token.form());
        long[][] tables = ChecksumModel.tables(contract, SEED);
        long number = tables[0][ids[0]] + tables[1][ids[1]];
        for (int at = 0; at < state.length; at++) {
            state[at] = (state[at] * ChecksumModel.FACTORS[at] + number + ChecksumModel.OFFSETS[at])
                    % ChecksumModel.MODULUS;
        }
    }

    private static List<Token> tokens(Random random, int count) {
        List<Token> tokens = new ArrayList<>();
        for (int t = 0; t < count; t++) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            tokens.add(Token.of(random.nextInt(3) == 0 ? word.toUpperCase(Locale.ROOT) : word));
        }
        return tokens;
    }
}
