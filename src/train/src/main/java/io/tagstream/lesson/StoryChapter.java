package io.tagstream.lesson;

import static io.tagstream.lesson.Numbers.fixed;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.infer.TaggedText;
import io.tagstream.infer.TaggerModel;
import io.tagstream.network.GateActivity;
import io.tagstream.page.GateFigures;
import io.tagstream.report.Page;
import io.tagstream.report.Table;
import io.tagstream.report.TokenStrip;
import io.tagstream.text.Token;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import io.tagstream.train.SmallTagger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The best-friend story, sentence by sentence, the memory carried from each to the next. */
final class StoryChapter {
    private static final List<String> STORY = List.of(
            "Mulchan is my best friend.",
            "Mulchan is still my best friend.",
            "He is still my best friend.",
            "Jane is his girlfriend.",
            "She knows I am best friend of him.");

    private final TaggerModel model;
    private final SmallTagger small;

    StoryChapter(TaggerModel model, SmallTagger small) {
        this.model = model;
        this.small = small;
    }

    void write(Page page) {
        page.section("5. The best friend: a memory over sentences")
                .text(
                        "*Remember what came first, remember what came last.* In the story below nobody can say who \"he\" is without "
                                + "the first sentence, nor who \"she\" is without the fourth. Tagstream keeps one state for every stream of "
                                + "text: it is not reset at the end of a sentence, and the next one, a second or a day later, is read from "
                                + "where the last one ended.");
        Tokenizer tokenizer = Tokenizers.named(model.contract().tokenizer());
        List<List<Token>> sentences = STORY.stream().map(tokenizer::tokenize).toList();
        walk(page, sentences);
        gates(page, sentences);
    }

    private void walk(Page page, List<List<Token>> sentences) {
        Table table = new Table(
                "after sentence",
                "length of $h$",
                "length of $c$",
                "moved by",
                "tags changed by memory",
                "largest change of a score");
        HiddenState zero = HiddenState.zero(model.contract());
        HiddenState state = zero;
        int changes = 0;
        page.subsection("Seen: the tags, and the state that moves on");
        try (SentenceTagger tagger = model.newTagger()) {
            for (int s = 0; s < sentences.size(); s++) {
                TaggedText carried = tagger.tag(sentences.get(s), state);
                TaggedText fresh = tagger.tag(sentences.get(s), zero);
                int changed = 0;
                double largest = 0;
                for (int t = 0; t < carried.tokens().size(); t++) {
                    changed += carried.tokens()
                                    .get(t)
                                    .tag()
                                    .equals(fresh.tokens().get(t).tag())
                            ? 0
                            : 1;
                    largest = Math.max(
                            largest,
                            Math.abs(carried.tokens().get(t).score()
                                    - fresh.tokens().get(t).score()));
                }
                changes += changed;
                page.tokens(new TokenStrip(carried.tokens()));
                HiddenState next = carried.next();
                table.row(
                        (s + 1) + ". " + STORY.get(s),
                        fixed(2, Numbers.length(next.h())),
                        next.c().length == 0 ? "\u2013" : fixed(2, Numbers.length(next.c())),
                        fixed(2, Numbers.distance(state.h(), next.h())),
                        Integer.toString(changed),
                        fixed(4, largest));
                state = next;
            }
        }
        page.table(
                        table,
                        "The state of `" + model.id()
                                + "` after each sentence: its length, how far it moved from where the sentence "
                                + "found it, and what the memory did to this sentence's tags, compared with reading it from an empty "
                                + "state.")
                .text(
                        changes == 0
                                ? "The memory changes scores here, but no tag: parts of speech hang on the sentence at hand, and these are "
                                        + "easy. That is an honest result. Memory over sentences can pay where the text as a whole says how "
                                        + "to read it (all in lower case, noisy, names that come back), and the tagger keeps it because "
                                        + "a stream is such a text."
                                : "The memory changed " + changes
                                        + " of the tags here. Mostly it changes scores only: parts of speech hang "
                                        + "on the sentence at hand first.");
    }

    private void gates(Page page, List<List<Token>> sentences) {
        List<LabelledSentence> forms = new ArrayList<>();
        for (List<Token> sentence : sentences) {
            forms.add(new LabelledSentence(
                    "", null, sentence.stream().map(Token::form).toList(), Map.of(), forms.isEmpty()));
        }
        page.subsection("Seen: the gates, sentence by sentence")
                .text(
                        "The shipped file holds its weights in whole numbers for speed and does not show its gates, so these are those "
                                + "of the small LSTM of chapter 3, its state carried from sentence to sentence too. That one has learned from a few "
                                + "sentences in a few seconds: many of its tags are wrong, and it is its gates that are worth a look.");
        for (GateActivity gates : small.gates(forms)) {
            page.tokens(new TokenStrip(gates.tokens()))
                    .figure(GateFigures.rows("Gates", gates), "Average over the units; dark is open.");
        }
        page.note(
                "Read it like this: where the forget gate is dark the network holds on to what it knew; where the input gate is dark "
                        + "it takes the word in; where the output gate is dark it shows its memory to the tag. Words that decide what "
                        + "follows open the input gate; words that could stand anywhere leave it where it is.");
    }
}
