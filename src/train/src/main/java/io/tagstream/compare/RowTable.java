package io.tagstream.compare;

import io.tagstream.data.ConlluReader;
import io.tagstream.markdown.MarkdownSection;
import io.tagstream.markdown.MarkdownTable;
import io.tagstream.report.DotChart;
import io.tagstream.trial.Finding;
import io.tagstream.trial.Findings;
import io.tagstream.trial.MeanAndRange;
import io.tagstream.trial.Measure;
import io.tagstream.trial.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What each choice is worth: accuracy on dev by row. */
final class RowTable {
    static final String NAME = "rows";

    private RowTable() {}

    /** The name of a value: a layer's accuracy in percent through the int8 file. */
    static String int8(String layer) {
        return layer;
    }

    /** The same with the same weights as they were learned. */
    static String fp32(String layer) {
        return layer + ", fp32";
    }

    static MarkdownSection of(Findings findings) {
        List<Row> rows = Row.ALL.stream()
                .filter(row -> !findings.of(Measure.TRAINING, row.name()).isEmpty())
                .toList();
        MarkdownTable table =
                new MarkdownTable(List.of("row", "settings", "UPOS, %", "XPOS, %", "UPOS against the base"));
        for (Row row : rows) {
            List<Finding> found = findings.of(Measure.TRAINING, row.name());
            table.row(List.of(
                    "`" + row.name() + "`: " + row.choice(),
                    found.get(0).settings(),
                    over(found, finding -> finding.value(int8(ConlluReader.UPOS)))
                            .text(),
                    over(found, finding -> finding.value(int8(ConlluReader.XPOS)))
                            .text(),
                    row.equals(Row.BASE)
                            ? ""
                            : over(found, finding -> againstBase(findings, finding))
                                    .signed()));
            if (row.equals(Row.BASE)) {
                table.row(List.of(
                        "the base as fp32",
                        "the same weights, no further training",
                        over(found, finding -> finding.value(fp32(ConlluReader.UPOS)))
                                .text(),
                        over(found, finding -> finding.value(fp32(ConlluReader.XPOS)))
                                .text(),
                        over(found, RowTable::fp32Gain).signed()));
            }
        }
        return new MarkdownSection(NAME, figure(findings, rows), table, note(findings));
    }

    private static MeanAndRange over(List<Finding> found, ToDoubleFunction<Finding> value) {
        return MeanAndRange.of(found.stream().map(value::applyAsDouble).toList());
    }

    private static double fp32Gain(Finding finding) {
        return finding.value(fp32(ConlluReader.UPOS)) - finding.value(int8(ConlluReader.UPOS));
    }

    /** The difference to the base of the same seed. */
    private static double againstBase(Findings findings, Finding finding) {
        return findings.of(Measure.TRAINING, Row.BASE.name()).stream()
                .filter(base -> base.seed() == finding.seed())
                .mapToDouble(base -> finding.value(int8(ConlluReader.UPOS)) - base.value(int8(ConlluReader.UPOS)))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static DotChart figure(Findings findings, List<Row> rows) {
        List<DotChart.Dots> series = new ArrayList<>();
        for (long seed : seeds(findings, rows)) {
            double[] values = new double[rows.size()];
            Arrays.fill(values, Double.NaN);
            for (int row = 0; row < values.length; row++) {
                for (Finding finding :
                        findings.of(Measure.TRAINING, rows.get(row).name())) {
                    values[row] = finding.seed() == seed ? finding.value(int8(ConlluReader.UPOS)) : values[row];
                }
            }
            series.add(new DotChart.Dots("seed " + seed, values));
        }
        return new DotChart(
                "What each choice is worth",
                "UPOS on dev, %",
                rows.stream().map(Row::name).toList(),
                series);
    }

    private static List<Long> seeds(Findings findings, List<Row> rows) {
        return rows.stream()
                .flatMap(row -> findings.of(Measure.TRAINING, row.name()).stream())
                .map(Finding::seed)
                .distinct()
                .sorted()
                .toList();
    }

    private static String note(Findings findings) {
        String seeds = seeds(findings, Row.ALL).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "Mean, and in brackets least to most, over the seeds %s; %s epochs a training; trained on `%s`, scored on `%s`, vectors: `%s`. "
                        + "Scored through the int8 file (a plain RNN's cell stays fp32: there is no int8 operator for it), from gold tokens, "
                        + "the state carried or reset as in training. The last column is the difference seed by seed, in points.",
                seeds,
                findings.conditions().get(Conditions.EPOCHS),
                Conditions.name(findings.conditions().getOrDefault(Conditions.TRAIN, "")),
                Conditions.name(findings.conditions().getOrDefault(Conditions.DEV, "")),
                Conditions.name(findings.conditions().getOrDefault(Conditions.VECTORS, "")));
    }
}
