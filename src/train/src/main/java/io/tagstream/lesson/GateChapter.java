package io.tagstream.lesson;

import static io.tagstream.lesson.Numbers.fixed;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.Cell;
import io.tagstream.network.GateActivity;
import io.tagstream.page.GateFigures;
import io.tagstream.report.LineChart;
import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import io.tagstream.report.Page;
import io.tagstream.report.TokenStrip;
import io.tagstream.result.EpochReport;
import io.tagstream.train.SmallTagger;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The LSTM's equations, and its gates at work in a small tagger that is trained here. */
final class GateChapter {
    private static final String CORPUS = "/lesson/sentences.conllu";
    private static final int HIDDEN = 24;
    private static final double LEAST_NORM = 1e-20;

    private final List<LabelledSentence> corpus = corpus();
    private final SmallTagger lstm;
    private final SmallTagger rnn;

    /** @param stop ends the training early */
    GateChapter(LessonSettings settings, BooleanSupplier stop) {
        lstm = SmallTagger.train(corpus, Cell.LSTM, HIDDEN, settings.epochs(), settings.seed(), stop);
        rnn = SmallTagger.train(corpus, Cell.RNN, HIDDEN, settings.epochs(), settings.seed(), stop);
    }

    /** The small LSTM. */
    SmallTagger tagger() {
        return lstm;
    }

    private static List<LabelledSentence> corpus() {
        try (InputStream in = GateChapter.class.getResourceAsStream(CORPUS)) {
            if (in == null) {
                throw new IllegalStateException("this build lacks " + CORPUS);
            }
            return ConlluReader.read(in, Path.of(CORPUS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Page page) {
        equations(page);
        activity(page);
        flow(page);
    }

    private static void equations(Page page) {
        page.section("3. The LSTM and its gates")
                .text(
                        "The long short-term memory keeps a second state, the memory cell $c_t$, and changes it by *adding*. Three gates, "
                                + "each a number between 0 (shut) and 1 (open) for every unit, rule over it. They are made by "
                                + "$σ(z) = frac{1}{1 + exp(-z)}$, which only gives numbers between 0 and 1; what goes into the memory is made "
                                + "by tanh, which gives numbers between −1 and 1.")
                .formula(
                        "f_t = σ(W_{xf} x_t + W_{hf} h_{t-1} + b_f)",
                        "i_t = σ(W_{xi} x_t + W_{hi} h_{t-1} + b_i)",
                        "o_t = σ(W_{xo} x_t + W_{ho} h_{t-1} + b_o)",
                        "g_t = tanh(W_{xg} x_t + W_{hg} h_{t-1} + b_g)",
                        "c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t",
                        "h_t = o_t ⊙ tanh(c_t)")
                .list(
                        "The *forget gate* $f_t$: what share of the old memory stays.",
                        "The *input gate* $i_t$: how much of the new word goes in.",
                        "The *output gate* $o_t$: how much of the memory shows.")
                .text(
                        "And the gradient? Along the memory one step back is one factor, and it is the forget gate itself:")
                .formula("frac{∂c_t}{∂c_{t-1}} = f_t + …", "frac{∂c_t}{∂c_{t-k}} ≈ f_t ⊙ f_{t-1} ⊙ … ⊙ f_{t-k+1}")
                .text(
                        "Where the gate stays open, close to one, so does the product. The network can *learn* where to keep the path "
                                + "open.");
    }

    private void activity(Page page) {
        LabelledSentence story = sentence("The worker reads from the queue .");
        GateActivity gates = lstm.gates(List.of(story)).get(0);
        EpochReport last = lstm.epochs().get(lstm.epochs().size() - 1);
        String words =
                corpus.stream().mapToInt(LabelledSentence::size).sum() + " words in " + corpus.size() + " sentences";
        page.subsection("Seen: the gates over a sentence")
                .text("To look at gates one needs the weights as they were learned, so a small LSTM tagger (" + HIDDEN
                        + " units) was trained just now on " + words + " of this project's own; it tags "
                        + fixed(1, last.devAccuracy().getOrDefault("upos", Double.NaN))
                        + " % of those same words right. It has seen far too little to be a good tagger, but its gates obey the same "
                        + "equations as those of a big one. A sentence, with its tags and how sure it is of each:")
                .tokens(new TokenStrip(gates.tokens()))
                .figure(
                        GateFigures.means(gates),
                        "How far the gates are open, average over the " + HIDDEN + " units, token by token.")
                .figure(
                        GateFigures.units("The forget gate, unit by unit", gates, gates.forget(), 0),
                        "Each row is a unit, each column a token; dark is open. Some units keep what they have whatever comes, others "
                                + "wipe their memory at certain words.")
                .figure(
                        GateFigures.units("The memory, tanh(c), unit by unit", gates, squashed(gates.memory()), -1),
                        "What the gates leave in the memory: orange is negative, blue positive. A row that keeps its colour is a unit that "
                                + "remembers; one that changes has forgotten and taken in something new.");
    }

    private static double[][] squashed(double[][] memory) {
        return Arrays.stream(memory)
                .map(units -> Arrays.stream(units).map(Math::tanh).toArray())
                .toArray(double[][]::new);
    }

    private void flow(Page page) {
        page.subsection("Seen: the error's way back in a tagger")
                .text(
                        "Chapter 2 measured networks that must hold one symbol. A tagger's errors are different: most tags hang on the word "
                                + "itself and its neighbours. This is the same measurement in the small LSTM and in an RNN of the same size, "
                                + "trained the same way.")
                .figure(
                        new LineChart(
                                "What is left of a tagging error k tokens back",
                                "k, tokens back",
                                Axis.logarithmic("|dE(t) / dh(t-k)|", LEAST_NORM),
                                List.of(
                                        Line.of("RNN, trained", rnn.flow(corpus).h(), Style.SOLID),
                                        Line.of(
                                                "LSTM, trained",
                                                lstm.flow(corpus).h(),
                                                Style.SOLID),
                                        Line.of(
                                                "LSTM, memory c",
                                                lstm.flow(corpus).c(),
                                                Style.SOLID),
                                        Line.of(
                                                "RNN, before",
                                                rnn.flowBeforeTraining(corpus).h(),
                                                Style.DASHED),
                                        Line.of(
                                                "LSTM, before",
                                                lstm.flowBeforeTraining(corpus).h(),
                                                Style.DASHED))),
                        "The length of $frac{∂E_t}{∂h_{t-k}}$, and of $frac{∂E_t}{∂c_{t-k}}$ for the LSTM's memory, over stretches of "
                                + "the training sentences, one after the other. Dashed: with the random weights before the first "
                                + "step. Where a trained line lies below its dashed one, training has shortened the reach: what a tag "
                                + "needs mostly stands near.");
    }

    private static LabelledSentence sentence(String text) {
        return new LabelledSentence("", null, List.of(text.split(" ", -1)), Map.of(), true);
    }
}
