package io.tagstream.lesson;

import static io.tagstream.lesson.Numbers.fixed;

import io.tagstream.lesson.TinyRnn.Example;
import io.tagstream.lesson.TinyRnn.Pass;
import io.tagstream.report.LineChart;
import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import io.tagstream.report.Page;
import io.tagstream.report.Table;
import java.util.ArrayList;
import java.util.List;

/** Learning from examples, the recurrence, the error and its gradient through time, with the notes' numbers. */
final class LearningChapter {
    private static final List<String> TAGS = List.of("PRON", "VERB", "ADP", "NOUN", "PROPN");
    private static final int HIDDEN = 4;
    private static final int STEPS = 600;
    private static final double ETA = 0.5;
    private static final double NUDGE = 1e-5;
    private static final Example WORK =
            new Example(List.of("I", "work", "at", "apple"), new double[] {0.8, 0.9, 0.1, 0.0}, new int[] {0, 1, 2, 4});
    private static final Example EAT =
            new Example(List.of("I", "eat", "apple"), new double[] {0.8, 0.5, 0.0}, new int[] {0, 1, 3});

    private final TinyRnn network;

    LearningChapter(long seed) {
        this.network = new TinyRnn(HIDDEN, TAGS.size(), seed);
    }

    void write(Page page) {
        examples(page);
        recurrence(page);
        error(page);
        throughTime(page);
        descent(page);
    }

    private static void examples(Page page) {
        page.section("1. Learning from examples, and from what came before")
                .text(
                        "*Supervised learning* means learning from questions with their right answers. Here the question is a word in "
                                + "its sentence and the answer its part of speech (POS). Two short examples make the whole difficulty plain:")
                .table(
                        new Table("time", "$t$", "$t+1$", "$t+2$", "$t+3$")
                                .row("sentence A", "I", "work", "at", "apple")
                                .row("tags", "PRON", "VERB", "ADP", "PROPN")
                                .row("sentence B", "I", "eat", "apple", "")
                                .row("tags", "PRON", "VERB", "NOUN", ""),
                        "The same word, `apple`, is a company in A and a fruit in B.")
                .text(
                        "A machine that sees one word at a time gives `apple` the same tag in both. What tells them apart is the words "
                                + "*before* it. A sentence is a *sequence*: its parts come one after another in time, and each is to be read "
                                + "in the light of the earlier ones. A recurrent neural network (RNN) is built for that.");
    }

    private void recurrence(Page page) {
        Pass pass = network.forward(WORK.x());
        Table table = new Table("$t$", "word", "$x_t$", "$h_t$", "$y_t$: " + String.join(", ", TAGS));
        for (int t = 0; t < WORK.x().length; t++) {
            table.row(
                    Integer.toString(t + 1),
                    WORK.words().get(t),
                    fixed(1, WORK.x()[t]),
                    "(" + fixed(2, pass.h()[t]) + ")",
                    "(" + fixed(2, pass.y()[t]) + ")");
        }
        page.subsection("The recurrence")
                .text(
                        "At each time $t$ the network reads an input $x_t$ and mixes it with its own last state $h_{t-1}$:")
                .formula("h_t = tanh(W_{xh} x_t + W_{hh} h_{t-1} + b)", "h_2 = tanh(W_{xh} x_2 + W_{hh} h_1 + b)")
                .text(
                        "The state $h_t$ is all that it remembers. The same three things, $θ = (W_{xh}, W_{hh}, b)$, are used at every "
                                + "step. A second layer reads the tag off the state, and softmax turns its numbers into probabilities that "
                                + "add up to one:")
                .formula("y_t = softmax(W_{hy} h_t + c)", "{softmax(z)}_k = frac{exp(z_k)}{∑_j exp(z_j)}")
                .text(
                        "Let us compute it. The words of A are the numbers of the lecture, $x_1 = 0.8$, $x_2 = 0.9$, $x_3 = 0.1$, "
                                + "$x_4 = 0.0$. The network has " + HIDDEN
                                + " hidden units and random weights: it has learned nothing yet.")
                .table(table, "The network before learning, step by step.")
                .text(
                        "Look at the last row: `apple` is the number 0.0, so $W_{xh} x_4$ is nothing at all. Whatever the network says "
                                + "about `apple` comes out of $h_3$, its memory of the words before.");
    }

    private void error(Page page) {
        Pass pass = network.forward(WORK.x());
        Table table = new Table("$t$", "word", "right tag", "its probability", "$E_t$");
        double sum = 0;
        for (int t = 0; t < WORK.x().length; t++) {
            int label = WORK.labels()[t];
            sum += pass.error(t, label);
            table.row(
                    Integer.toString(t + 1),
                    WORK.words().get(t),
                    TAGS.get(label),
                    fixed(3, pass.y()[t][label]),
                    fixed(3, pass.error(t, label)));
        }
        page.subsection("The error")
                .text(
                        "How wrong is it? The right answer is a label with a single one in it, for instance $(1, 0, 0, 0)$. The "
                                + "*cross-entropy* looks at the probability that the network gave to the right tag: the lecture's prediction "
                                + "$(0.8, 0.1, 0.1, 0.0)$ gives $E_1 = -ln 0.8 = 0.223$. Certain and right costs nothing; certain and wrong "
                                + "costs without limit. The sentence's error is the average over its steps:")
                .formula("E_t = -ln y_{t,\"right\"}", "E = frac{1}{4}(E_1 + E_2 + E_3 + E_4)")
                .table(
                        table,
                        "The error of sentence A before learning: on average " + fixed(3, sum / WORK.x().length)
                                + ". Guessing among five tags would cost " + fixed(3, Math.log(TAGS.size())) + ".");
    }

    private void throughTime(Page page) {
        int t = 2;
        Pass pass = network.forward(WORK.x());
        double[][] terms = network.terms(WORK, pass, t);
        double[] sum = new double[terms[0].length];
        Table table = new Table("term of $frac{∂E_3}{∂W}$", "goes back through", "$∂W_{xh}$", "length of $∂W_{hh}$");
        String[] paths = {"h_3", "h_3, h_2", "h_3, h_2, h_1"};
        for (int k = 0; k < terms.length; k++) {
            table.row(List.of(
                    Table.Cell.of(Integer.toString(k + 1)),
                    Table.Cell.marked("$" + paths[k] + "$"),
                    Table.Cell.of("(" + fixed(4, network.inputPart(terms[k])) + ")"),
                    Table.Cell.of(fixed(4, Numbers.length(network.recurrentPart(terms[k]))))));
            for (int i = 0; i < sum.length; i++) {
                sum[i] += terms[k][i];
            }
        }
        table.row(
                "sum",
                "all paths",
                "(" + fixed(4, network.inputPart(sum)) + ")",
                fixed(4, Numbers.length(network.recurrentPart(sum))));
        page.subsection("Back-propagation through time")
                .text("To learn, every weight takes a small step against its gradient, $η$ being the step's size:")
                .formula(
                        "W' = W - η frac{∂E}{∂W}",
                        "frac{∂E}{∂W} = frac{∂E_1}{∂W} + frac{∂E_2}{∂W} + frac{∂E_3}{∂W} + …")
                .text(
                        "The weights were used at *every* step, so an error at time 3 has to be followed back through time along three "
                                + "paths. Written out, with one factor for each step back:")
                .formula(
                        "frac{∂E_3}{∂W_{xh}} = frac{∂E_3}{∂h_3} · frac{∂h_3}{∂W_{xh}}",
                        "+ frac{∂E_3}{∂h_3} · frac{∂h_3}{∂h_2} · frac{∂h_2}{∂W_{xh}}",
                        "+ frac{∂E_3}{∂h_3} · frac{∂h_3}{∂h_2} · frac{∂h_2}{∂h_1} · frac{∂h_1}{∂W_{xh}}")
                .table(table, "The three terms for `at`, the third word of A, as this network has them.")
                .note(
                        "Is it right? Nudge the first weight of $W_{xh}$ a little up and a little down and see what $E_3$ does: its "
                                + "slope is " + fixed(6, nudged(t)) + ". The three terms add up to " + fixed(6, sum[0])
                                + ". The same check, over every tensor of the real trainer, is among this project's tests.");
    }

    /** The slope of E_t along the first weight, measured. */
    private double nudged(int t) {
        double[] weights = network.weights();
        double before = weights[0];
        weights[0] = before + NUDGE;
        double up = network.forward(WORK.x()).error(t, WORK.labels()[t]);
        weights[0] = before - NUDGE;
        double down = network.forward(WORK.x()).error(t, WORK.labels()[t]);
        weights[0] = before;
        return (up - down) / (2 * NUDGE);
    }

    private void descent(Page page) {
        List<Example> examples = List.of(WORK, EAT);
        double[] errors = new double[STEPS + 1];
        errors[0] = network.error(examples);
        for (int step = 1; step <= STEPS; step++) {
            network.learn(examples, ETA);
            errors[step] = network.error(examples);
        }
        Table table = new Table("sentence", "word", "$x_t$", "right tag", "its probability now");
        for (Example example : examples) {
            Pass pass = network.forward(example.x());
            for (int t = 0; t < example.x().length; t++) {
                List<Table.Cell> row = new ArrayList<>();
                row.add(Table.Cell.of(t == 0 ? String.join(" ", example.words()) : ""));
                row.add(Table.Cell.of(example.words().get(t)));
                row.add(Table.Cell.of(fixed(1, example.x()[t])));
                row.add(Table.Cell.of(TAGS.get(example.labels()[t])));
                row.add(Table.Cell.bar(pass.y()[t][example.labels()[t]]));
                table.row(row);
            }
        }
        page.subsection("Descent")
                .text("Now learn both sentences, A and B, with nothing but $W' = W - η frac{∂E}{∂W}$, $η = " + ETA
                        + "$, " + STEPS + " times. In B, `eat` is the number 0.5, and `apple` is 0.0 as in A.")
                .figure(
                        new LineChart(
                                "The error of both sentences while learning",
                                "steps of W' = W - \u03b7 dE/dW",
                                Axis.between("E, nats a word", 0, Double.NaN),
                                List.of(Line.of("E", errors, Style.SOLID))),
                        "Plain gradient descent. At "
                                + fixed(2, 2 * Math.log(2) / 7)
                                + " `apple` is still a coin toss between NOUN and PROPN, two of seven words at $ln 2$ each, and all "
                                + "else is right: from there on the state learns to carry the difference.")
                .table(table, "After learning.")
                .note(
                        "`apple` is the same number in both sentences, yet it is tagged differently: the state carried what came before. "
                                + "That is all that \"memory\" means here.");
    }
}
