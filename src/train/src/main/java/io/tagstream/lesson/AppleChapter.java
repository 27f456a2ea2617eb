package io.tagstream.lesson;

import io.tagstream.infer.HiddenState;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.report.Page;
import io.tagstream.report.Table;
import io.tagstream.text.TagSet;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.List;

/** One word in two roles, asked of a real tagger: what it says, whatever that is. */
final class AppleChapter {
    private static final List<Ask> ASKS = List.of(
            new Ask("I eat apple .", "apple", "NOUN"),
            new Ask("I work at apple .", "apple", "PROPN"),
            new Ask("I work at Apple .", "Apple", "PROPN"),
            new Ask("She peels an orange .", "orange", "NOUN"),
            new Ask("She works for orange .", "orange", "PROPN"),
            new Ask("He found a shell on the beach .", "shell", "NOUN"),
            new Ask("He is an engineer at shell .", "shell", "PROPN"),
            new Ask("They missed the target .", "target", "NOUN"),
            new Ask("They buy their clothes at target .", "target", "PROPN"));

    private final TaggerModel model;

    AppleChapter(TaggerModel model) {
        this.model = model;
    }

    /** A word to be tagged in a sentence of tokens, and the right tag. */
    private record Ask(String sentence, String word, String right) {}

    void write(Page page) {
        LabelLayer layer = model.contract().labelLayers().get(0);
        page.section("4. The apple pair")
                .text("Back to the question of chapter 1, now put to a real tagger: `" + model.id() + "`, "
                        + model.contract().cell() + " with " + model.contract().hidden() + " units and "
                        + ahead(model.contract())
                        + "Written in lower case, the "
                        + "company's name gives no hint but its surroundings.");
        if (layer.tags().index("NOUN") == TagSet.ABSENT || layer.tags().index("PROPN") == TagSet.ABSENT) {
            page.text("This model has no tags NOUN and PROPN, so there is nothing to ask it here.");
            return;
        }
        Table table = new Table("sentence", "word", "P(NOUN)", "P(PROPN)", "other tags", "right", "it says");
        int right = 0;
        for (Ask ask : ASKS) {
            float[] probabilities = probabilities(ask, layer);
            double noun = probabilities[layer.tags().index("NOUN")];
            double proper = probabilities[layer.tags().index("PROPN")];
            int best = 0;
            for (int label = 1; label < probabilities.length; label++) {
                best = probabilities[label] > probabilities[best] ? label : best;
            }
            boolean agrees = layer.tags().label(best).equals(ask.right());
            right += agrees ? 1 : 0;
            List<Table.Cell> row = new ArrayList<>();
            row.add(Table.Cell.of(ask.sentence()));
            row.add(Table.Cell.of(ask.word()));
            row.add(Table.Cell.bar(noun));
            row.add(Table.Cell.bar(proper));
            row.add(Table.Cell.of(Numbers.fixed(4, Math.max(0, 1 - noun - proper))));
            row.add(Table.Cell.of(ask.right()));
            row.add(Table.Cell.of(layer.tags().label(best) + (agrees ? " \u2713" : " \u2717")));
            table.row(row);
        }
        page.table(
                        table,
                        "What the tagger says of the word, from a fresh memory: " + right + " of " + ASKS.size()
                                + " right.")
                .text(
                        "Whatever the numbers are, the same letters get different probabilities after different words: that is the "
                                + "recurrence at work, learned from a treebank instead of from two sentences. Where it is wrong, what it "
                                + "has seen of the word itself outweighed the words before it.");
    }

    private float[] probabilities(Ask ask, LabelLayer layer) {
        List<String> forms = List.of(ask.sentence().split(" ", -1));
        List<Token> tokens = forms.stream().map(Token::of).toList();
        float[][] all = model.probabilities(tokens, HiddenState.zero(model.contract()), layer.name());
        return all[forms.indexOf(ask.word())];
    }

    /** What it knows of the words that follow. */
    private static String ahead(ModelContract contract) {
        if (contract.backwardHidden() > 0) {
            return "a second LSTM of " + contract.backwardHidden()
                    + " units that reads the sentence from its end, so that the words after count too. ";
        }
        return contract.lookAhead() > 0 ? "a look ahead of " + contract.lookAhead() + ". " : "no look ahead. ";
    }
}
