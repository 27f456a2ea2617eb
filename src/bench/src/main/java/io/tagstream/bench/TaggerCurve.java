package io.tagstream.bench;

import io.tagstream.data.ConlluReader;
import io.tagstream.markdown.MarkdownSection;
import io.tagstream.markdown.MarkdownTable;
import io.tagstream.model.ModelContract;
import io.tagstream.option.ModelSource;
import io.tagstream.report.Drawing;
import io.tagstream.report.PointChart;
import io.tagstream.report.PointChart.Point;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.OutputFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code bench tagger} measured as a figure: accuracy against speed. This class needs the plot library, which lib-bench has. */
final class TaggerCurve {
    /** The name of its section in a Markdown file. */
    static final String SECTION = "speed";

    private static final String SVG = ".svg";
    private static final String PNG = ".png";
    private static final String MODEL_FILE = ".onnx";

    private final List<TaggerRow> rows;
    private final Map<String, String> networks;

    /** @param models those among the rows that are ours */
    TaggerCurve(List<TaggerRow> rows, List<ShippedModel> models) {
        this.rows = List.copyOf(rows);
        this.networks = networks(models);
    }

    /** What a tagger's network is, by the name of its row. */
    static Map<String, String> networks(List<ShippedModel> models) {
        Map<String, String> networks = new LinkedHashMap<>();
        models.forEach(model -> networks.put(model.name(), words(model.model().contract())));
        return networks;
    }

    private static String words(ModelContract contract) {
        return String.format(
                Locale.ROOT,
                "%s %d%s, look-ahead %d%s, %s",
                contract.cell(),
                contract.hidden(),
                contract.layers() == 1 ? "" : ", " + contract.layers() + " layers",
                contract.lookAhead(),
                contract.backwardHidden() == 0 ? "" : ", backward " + contract.backwardHidden(),
                contract.precision());
    }

    /**
     * Looks whether a figure can be written to a file, before there is one.
     *
     * @throws CommandException if not
     */
    static void requirePlace(Path file) {
        String name = file.getFileName().toString();
        if (!name.endsWith(SVG) && !name.endsWith(PNG)) {
            throw CommandException.usage("the figure " + file + " must be named " + SVG + " or " + PNG);
        }
        OutputFile.require(file, "the figure", "name");
    }

    /** Writes the figure, as SVG or PNG by the file's name. */
    void write(Path file) throws IOException {
        if (file.getFileName().toString().endsWith(PNG)) {
            Files.write(file, Drawing.png(figure()));
        } else {
            Files.writeString(file, Drawing.svg(figure()));
        }
    }

    /** Figure and table for a Markdown file. */
    MarkdownSection section(Path corpus, int repetitions) {
        MarkdownTable table = new MarkdownTable(
                List.of("tagger", "network", "UPOS, %", "tokens per CPU second", "ratio to OpenNLP's perceptron"));
        for (TaggerRow row : rows) {
            table.row(List.of(
                    "`" + label(row.name()) + "`",
                    networks.getOrDefault(row.name(), ""),
                    String.format(Locale.ROOT, "%.2f", upos(row)),
                    String.format(
                            Locale.ROOT,
                            "%,.0f (%,.0f to %,.0f)",
                            row.tokensPerCpuSecond().median(),
                            row.tokensPerCpuSecond().min(),
                            row.tokensPerCpuSecond().max()),
                    String.format(Locale.ROOT, "%.2f", row.ratioToPerceptron())));
        }
        String note = String.format(
                Locale.ROOT,
                "`%s`, gold tokens, one thread, all in one run: medians of %d interleaved repetitions, and in brackets least to most.",
                corpus.getFileName(),
                repetitions);
        return new MarkdownSection(SECTION, figure(), table, note);
    }

    private PointChart figure() {
        List<Point> points = new ArrayList<>();
        for (TaggerRow row : rows) {
            if (!Double.isNaN(upos(row))) {
                String label = label(row.name());
                points.add(new Point(
                        label, group(row.name()), row.tokensPerCpuSecond().median(), upos(row)));
            }
        }
        return new PointChart("Accuracy and speed", "tokens per CPU second, one thread", "UPOS, %", points);
    }

    private static double upos(TaggerRow row) {
        return row.accuracy().getOrDefault(ConlluReader.UPOS, Double.NaN);
    }

    /** A file's name without its folder and ending. */
    private static String label(String name) {
        String file = Path.of(name).getFileName().toString();
        return file.endsWith(MODEL_FILE) ? file.substring(0, file.length() - MODEL_FILE.length()) : file;
    }

    private static String group(String name) {
        if (name.equals(TaggerBench.STOCK) || name.equals(TaggerBench.PERCEPTRON)) {
            return "OpenNLP";
        }
        return ModelSource.SHIPPED.contains(name) ? "shipped" : "others of Tagstream";
    }
}
