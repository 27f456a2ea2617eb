package io.tagstream.infer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.fixture.TinyModels;
import io.tagstream.text.Token;
import io.tagstream.text.TokenTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a result does not depend on how the tokens are laid out over calls, and which calls a sentence becomes. */
final class CallInvarianceTest {
    static Stream<TinyModels> withoutLookAhead() {
        return Stream.of(
                TinyModels.lstm(),
                TinyModels.rnn(),
                TinyModels.lstm().layers(2).labelLayers(3),
                TinyModels.rnn().layers(2).hidden(33),
                TinyModels.lstm().hidden(64).seed(1),
                TinyModels.lstm().hidden(256).seed(2));
    }

    @ParameterizedTest
    @MethodSource("withoutLookAhead")
    void shouldGiveExactlyTheSameForADocumentBySentenceAndByToken(TinyModels recipe) {
        Random random = new Random(11);
        try (TaggerModel model = recipe.open();
                SentenceTagger tagger = model.newTagger()) {
            for (int round = 0; round < 5; round++) {
                List<List<Token>> sentences = new ArrayList<>();
                for (int sentence = 0; sentence < 8; sentence++) {
                    sentences.add(TinyModels.sentence(random, 1 + random.nextInt(25)));
                }
                List<Token> document = sentences.stream().flatMap(List::stream).toList();
                TaggedText whole = tagger.tag(document, HiddenState.zero(model.contract()));
                assertThat(inTurn(tagger, model, sentences)).isEqualTo(whole);
                assertThat(inTurn(tagger, model, document.stream().map(List::of).toList()))
                        .isEqualTo(whole);
            }
        }
    }

    private static TaggedText inTurn(SentenceTagger tagger, TaggerModel model, List<List<Token>> sentences) {
        HiddenState state = HiddenState.zero(model.contract());
        List<TokenTags> tokens = new ArrayList<>();
        for (List<Token> sentence : sentences) {
            TaggedText tagged = tagger.tag(sentence, state);
            tokens.addAll(tagged.tokens());
            state = tagged.next();
        }
        return new TaggedText(tokens, state);
    }

    static Stream<TinyModels> all() {
        return Stream.of(
                TinyModels.lstm(),
                TinyModels.lstm().lookAhead(1).backward(4).layers(2),
                TinyModels.lstm().lookAhead(2).int8(),
                TinyModels.lstm().lookAhead(1).hidden(64).int8(),
                TinyModels.rnn().lookAhead(1).int8());
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldNotDependOnWhatWasTaggedBefore(TinyModels recipe) {
        Random random = new Random(13);
        try (TaggerModel model = recipe.open();
                SentenceTagger busy = model.newTagger()) {
            HiddenState state = HiddenState.zero(model.contract());
            for (int round = 0; round < 20; round++) {
                List<Token> sentence = TinyModels.sentence(random, 1 + random.nextInt(60));
                busy.tag(TinyModels.sentence(random, 1 + random.nextInt(60)), HiddenState.zero(model.contract()));
                TaggedText tagged = busy.tag(sentence, state);
                try (SentenceTagger fresh = model.newTagger()) {
                    assertThat(fresh.tag(sentence, state)).isEqualTo(tagged);
                }
                state = tagged.next();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void shouldCutLongSentencesEvery512Tokens(TinyModels recipe) {
        Random random = new Random(17);
        try (TaggerModel model = recipe.open();
                SentenceTagger tagger = model.newTagger()) {
            for (int length : new int[] {511, 512, 513, 1024, 1500}) {
                List<Token> sentence = TinyModels.sentence(random, length);
                List<List<Token>> pieces = new ArrayList<>();
                for (int from = 0; from < length; from += 512) {
                    pieces.add(sentence.subList(from, Math.min(length, from + 512)));
                }
                TaggedText tagged = tagger.tag(sentence, HiddenState.zero(model.contract()));
                assertThat(tagged.tokens()).hasSize(length);
                assertThat(tagged).isEqualTo(inTurn(tagger, model, pieces));
            }
        }
    }

    @Test
    void shouldLeaveTheStateOfAnEmptySentence() {
        try (TaggerModel model = TinyModels.lstm().lookAhead(1).open();
                SentenceTagger tagger = model.newTagger()) {
            HiddenState state = tagger.tag(TinyModels.sentence(new Random(3), 4), HiddenState.zero(model.contract()))
                    .next();
            TaggedText tagged = tagger.tag(List.of(), state);
            assertThat(tagged.tokens()).isEmpty();
            assertThat(tagged.next()).isEqualTo(state);
        }
    }

    @Test
    void shouldGiveTheSameOnEveryThread() throws InterruptedException {
        try (TaggerModel model =
                TinyModels.lstm().lookAhead(1).hidden(32).int8().open()) {
            List<List<Token>> sentences = new ArrayList<>();
            Random random = new Random(19);
            for (int sentence = 0; sentence < 50; sentence++) {
                sentences.add(TinyModels.sentence(random, 1 + random.nextInt(30)));
            }
            List<TaggedText> results = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                threads.add(new Thread(() -> {
                    try (SentenceTagger tagger = model.newTagger()) {
                        TaggedText result = inTurn(tagger, model, sentences);
                        synchronized (results) {
                            results.add(result);
                        }
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(results).hasSize(4).containsOnly(results.get(0));
        }
    }
}
