package io.tagstream.page;

import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.NetworkShape;
import io.tagstream.eval.ConfusionMatrix;
import io.tagstream.eval.LayerScore;
import io.tagstream.eval.TagScore;
import io.tagstream.model.Cell;
import io.tagstream.network.GateActivity;
import io.tagstream.network.GradientFlow;
import io.tagstream.network.NetworkProbe;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.report.HeatMap;
import io.tagstream.report.LineChart;
import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import io.tagstream.report.Page;
import io.tagstream.report.Table;
import io.tagstream.report.TokenStrip;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainReport;
import io.tagstream.result.TrainedWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a training run shows of itself, as one page: how it learned, what it gets wrong, how far errors reach back, what its gates do. */
public final class RunPage {
    private static final int MOST_LABELS = 40;
    private static final int MOST_MISTAKES = 12;
    private static final int SHORT = 8;
    private static final int LONG = 16;
    private static final double LEAST_NORM = 1e-16;
    private static final double PERCENT = 100;

    private final TrainSettings settings;
    private final TrainedWeights trained;
    private final TrainReport report;
    private final List<LabelledSentence> dev;
    private final Page page;

    public RunPage(TrainSettings settings, TrainedWeights trained, TrainReport report, List<LabelledSentence> dev) {
        this.settings = settings;
        this.trained = trained;
        this.report = report;
        this.dev = dev;
        this.page = new Page("Training of " + settings.identity().name());
    }

    /**
     * @param epochs of this run
     * @param other a network with the other cell, to compare the gradient's way back with
     * @param otherSteps how many steps that one was trained for
     */
    public Page write(List<EpochReport> epochs, TrainedWeights other, int otherSteps) {
        summary(epochs);
        learning(epochs.stream().filter(EpochReport::isWhole).toList());
        tags();
        gradient(other, otherSteps);
        gates();
        return page;
    }

    private void summary(List<EpochReport> epochs) {
        NetworkSettings network = settings.network();
        LearningSettings learning = settings.learning();
        page.section("The run");
        Table table = new Table("what", "value")
                .row(
                        "model file",
                        report.file().getFileName() + ", " + report.bytes() / 1024 + " KiB, "
                                + settings.identity().precision().contractName())
                .row(
                        "network",
                        network.cell() + ", " + network.layers() + " forward layer(s) of " + network.hidden() + ", "
                                + (network.backwardHidden() == 0
                                        ? "no backward layer"
                                        : "a backward layer of " + network.backwardHidden())
                                + ", look-ahead " + network.lookAhead())
                .row("training corpus", settings.corpora().train().toString())
                .row("labelled by a machine", silver())
                .row("dev corpus", settings.corpora().dev().toString())
                .row("state between sentences", learning.carry() ? "carried through a document" : "reset")
                .row("seed", Long.toString(learning.seed()))
                .row("best epoch", best(epochs))
                .row("stopped", stopped(epochs));
        report.fp32()
                .accuracy()
                .forEach((layer, value) -> table.row(layer + " on dev, as trained (fp32)", percent(value)));
        report.saved().accuracy().forEach((layer, value) -> table.row(layer + " on dev, as saved", percent(value)));
        page.table(table, "");
    }

    private String best(List<EpochReport> epochs) {
        boolean whole = epochs.stream().anyMatch(epoch -> epoch.epoch() == report.epoch() && epoch.isWhole());
        return report.epoch() + (whole ? "" : ", as far as it was learned");
    }

    private String stopped(List<EpochReport> epochs) {
        if (!report.stopped()) {
            return "no";
        }
        EpochReport last = epochs.get(epochs.size() - 1);
        if (last.isWhole()) {
            return "after epoch " + last.epoch() + " of " + settings.learning().epochs();
        }
        return String.format(
                Locale.ROOT,
                "in epoch %d of %d after %.0f %%, with loss %.4f and %s on dev; the curves below end before it",
                last.epoch(),
                settings.learning().epochs(),
                PERCENT * last.share(),
                last.loss(),
                last.devAccuracy().entrySet().stream()
                        .map(layer -> layer.getKey() + " " + percent(layer.getValue()))
                        .collect(Collectors.joining(", ")));
    }

    private String silver() {
        String files = settings.corpora().silver().stream().map(Path::toString).collect(Collectors.joining(", "));
        return files.isEmpty()
                ? "none"
                : files + ", up to " + settings.learning().silverShare()
                        + " tokens an epoch for each one of the training corpus";
    }

    /** @param epochs the whole ones */
    private void learning(List<EpochReport> epochs) {
        if (epochs.isEmpty()) {
            page.section("Learning").text("Training was stopped in its first epoch, so there is no curve to draw.");
            return;
        }
        double[] loss = epochs.stream().mapToDouble(EpochReport::loss).toArray();
        page.section("Learning")
                .text(
                        "The objective is the cross-entropy $E = -frac{1}{N} ∑_t ln y_{t,\"right\"}$, averaged over the tokens and over "
                                + "the label layers. Dropout and dropped words make it larger while learning than it would be without.")
                .figure(
                        new LineChart(
                                "Loss by epoch",
                                "epoch",
                                Axis.between("nats a token", 0, Double.NaN),
                                List.of(Line.from(1, "training corpus", loss, Style.MARKED))),
                        "The mean over the steps of each epoch.");
        List<Line> lines = new ArrayList<>();
        for (String layer : epochs.get(0).devAccuracy().keySet()) {
            double[] accuracy = epochs.stream()
                    .mapToDouble(epoch -> epoch.devAccuracy().getOrDefault(layer, Double.NaN))
                    .toArray();
            if (Double.isFinite(accuracy[0])) {
                lines.add(Line.from(1, layer, accuracy, Style.MARKED));
            }
        }
        page.figure(
                new LineChart("Accuracy on the dev corpus by epoch", "epoch", Axis.of("right, %"), lines),
                "With the averaged weights, in fp32. The epoch with the best first layer was kept.");
    }

    private void tags() {
        String layer = trained.shape().layers().get(0).name();
        LayerScore score = report.saved().layers().get(layer);
        if (score == null) {
            return;
        }
        Table table = new Table("tag", "tokens", "precision", "recall", "F1");
        for (TagScore tag : score.all().byTag()) {
            table.row(
                    tag.tag(),
                    Integer.toString(tag.gold()),
                    percent(tag.precision()),
                    percent(tag.recall()),
                    percent(tag.f1()));
        }
        page.section("Tag by tag")
                .table(
                        table,
                        "Layer " + layer
                                + " of the saved model on the dev corpus. Precision: of the tokens given the tag, how many "
                                + "have it. Recall: of the tokens that have it, how many were given it.");
        Table mistakes = new Table("right", "given", "tokens");
        score.all().confusions().stream()
                .limit(MOST_MISTAKES)
                .forEach(mistake ->
                        mistakes.row(mistake.gold(), mistake.predicted(), Integer.toString(mistake.count())));
        page.table(mistakes, "The most frequent mistakes.");
        if (score.all().byTag().size() <= MOST_LABELS) {
            page.figure(
                    matrix(score.all()),
                    "Rows: the right tag. Columns: the tag given. In percent of the row, so the diagonal is the recall.");
        }
    }

    private static HeatMap matrix(ConfusionMatrix confusion) {
        List<TagScore> tags = confusion.byTag();
        double[][] shares = new double[tags.size()][tags.size()];
        for (int right = 0; right < tags.size(); right++) {
            for (int given = 0; given < tags.size(); given++) {
                int count =
                        confusion.count(tags.get(right).tag(), tags.get(given).tag());
                shares[right][given] =
                        PERCENT * count / Math.max(1, tags.get(right).gold());
            }
        }
        List<String> names = tags.stream().map(TagScore::tag).toList();
        return new HeatMap("Confusion matrix", names, names, shares, 0, PERCENT, true);
    }

    private void gradient(TrainedWeights other, int otherSteps) {
        Cell cell = settings.network().cell();
        Cell otherCell = other.shape().settings().cell();
        GradientFlow flow;
        GradientFlow otherFlow;
        try {
            flow = new NetworkProbe(trained.shape(), trained.byName()).flow(dev);
            otherFlow = new NetworkProbe(other.shape(), other.byName()).flow(dev);
        } catch (TrainingException e) {
            page.section("Gradient flow").text("It was not measured: " + e.getMessage() + ".");
            return;
        }
        String otherName = otherCell + (otherSteps == 0 ? ", untrained" : ", " + otherSteps + " steps");
        List<Line> lines = new ArrayList<>();
        lines.add(Line.of(cell + ", trained", flow.h(), Style.SOLID));
        lines.add(Line.of(otherName, otherFlow.h(), Style.SOLID));
        if (cell == Cell.LSTM) {
            lines.add(Line.of("LSTM, memory c", flow.c(), Style.DASHED));
        }
        Table table = new Table("k", cell + ", trained", otherName);
        for (int k : new TreeSet<>(List.of(0, 1, 2, 5, 10, 20, 50, flow.h().length - 1))) {
            if (k < flow.h().length) {
                table.row(
                        Integer.toString(k), small(flow.h()[k]), small(otherFlow.h()[k]));
            }
        }
        page.section("Gradient flow")
                .text(
                        "How much of the error at one token arrives $k$ tokens earlier: the length of $frac{∂E_t}{∂h_{t-k}}$, a product of "
                                + "$k$ factors $frac{∂h_t}{∂h_{t-1}}$. A straight fall on this scale means that each step takes away the same "
                                + "share; where the line has fallen far, nothing can be learned from what stood there.")
                .figure(
                        new LineChart(
                                "What is left of an error k tokens back",
                                "k, tokens back",
                                Axis.logarithmic("|dE(t) / dh(t-k)|", LEAST_NORM),
                                lines),
                        "Average over up to 32 stretches of the dev corpus, sentences in a row as in the stream and without end symbols "
                                + "between them. The " + otherCell + " beside it has the same size and "
                                + (otherSteps == 0
                                        ? "its weights before the first step."
                                        : "was trained for " + otherSteps + " steps only, to compare with.")
                                + " Training itself cuts the gradient at the start of each sentence (truncated back-propagation).")
                .table(table, "");
    }

    private void gates() {
        NetworkShape gated = trained.shape();
        if (gated.settings().cell() != Cell.LSTM) {
            return;
        }
        LabelledSentence sentence = dev.stream()
                .filter(candidate -> candidate.size() >= SHORT && candidate.size() <= LONG)
                .findFirst()
                .orElse(dev.get(0));
        LabelledSentence alone = new LabelledSentence(
                "", null, sentence.forms().subList(0, Math.min(LONG, sentence.size())), Map.of(), true);
        GateActivity activity =
                new NetworkProbe(gated, trained.byName()).gates(List.of(alone)).get(0);
        page.section("Gates")
                .text(
                        "A sentence of the dev corpus as the trained network reads it, from an empty state. The forget gate says what share "
                                + "of its memory each unit keeps, the input gate how far it lets the word in, the output gate how much it "
                                + "shows.")
                .tokens(new TokenStrip(activity.tokens()))
                .figure(GateFigures.means(activity), "Average over the " + activity.forget()[0].length + " units.")
                .figure(
                        GateFigures.units("Forget gate by unit", activity, activity.forget(), 0),
                        "The first " + Math.min(GateFigures.MOST_UNITS, activity.forget()[0].length)
                                + " units; dark is open, that is, kept.")
                .figure(
                        GateFigures.units("Input gate by unit", activity, activity.input(), 0),
                        "The same units; dark is open, that is, taken in.")
                .figure(
                        GateFigures.units("Output gate by unit", activity, activity.output(), 0),
                        "The same units; dark is open, that is, shown.");
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f %%", value);
    }

    private static String small(double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%.2e", value);
    }
}
