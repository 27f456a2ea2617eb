package io.tagstream.compare;

import io.tagstream.eval.Memory;
import io.tagstream.markdown.MarkdownSection;
import io.tagstream.markdown.MarkdownTable;
import io.tagstream.report.DotChart;
import io.tagstream.trial.Finding;
import io.tagstream.trial.Findings;
import io.tagstream.trial.MeanAndRange;
import io.tagstream.trial.Measure;
import io.tagstream.trial.Row;
import io.tagstream.trial.StreamKind;
import io.tagstream.trial.StreamScores;
import io.tagstream.trial.StreamScores.Part;
import io.tagstream.trial.Typos;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What memory buys in streams that are lower-cased, upper-cased or noisy throughout. */
final class StreamTable {
    static final String NAME = "streams";

    private static final Map<Part, String> PARTS = Map.of(Part.ALL, "all tokens", Part.START, "sentence starts");

    private StreamTable() {}

    static MarkdownSection of(Findings findings) {
        List<Row> rows = Stream.of(Row.BASE, Row.RESET)
                .filter(row -> !findings.of(Measure.STREAMS, row.name()).isEmpty())
                .toList();
        MarkdownTable table = new MarkdownTable(
                List.of("stream", "trained", "tokens", "carried, %", "reset, %", "carried against reset"));
        for (StreamKind kind : StreamKind.values()) {
            for (Row row : rows) {
                for (Part part : Part.values()) {
                    table.row(List.of(
                            kind.words(),
                            trained(row),
                            PARTS.getOrDefault(part, ""),
                            over(findings, row, StreamScores.name(kind, Memory.CARRIED, part))
                                    .text(),
                            over(findings, row, StreamScores.name(kind, Memory.RESET, part))
                                    .text(),
                            gain(findings, row, kind, part).signed()));
                }
            }
        }
        return new MarkdownSection(NAME, figure(findings, rows), table, note(findings, rows));
    }

    static String trained(Row row) {
        return row.carry() ? "carried" : "reset";
    }

    private static MeanAndRange over(Findings findings, Row row, String value) {
        return findings.over(Measure.STREAMS, row.name(), finding -> finding.value(value));
    }

    private static MeanAndRange gain(Findings findings, Row row, StreamKind kind, Part part) {
        return findings.over(
                Measure.STREAMS,
                row.name(),
                finding -> finding.value(StreamScores.name(kind, Memory.CARRIED, part))
                        - finding.value(StreamScores.name(kind, Memory.RESET, part)));
    }

    private static DotChart figure(Findings findings, List<Row> rows) {
        List<DotChart.Dots> series = new ArrayList<>();
        for (Row row : rows) {
            for (Part part : Part.values()) {
                double[] gains = Stream.of(StreamKind.values())
                        .mapToDouble(kind -> gain(findings, row, kind, part).mean())
                        .toArray();
                series.add(new DotChart.Dots("trained " + trained(row) + ", " + PARTS.get(part), gains));
            }
        }
        return new DotChart(
                "What the state from earlier sentences adds",
                "carried against reset, points of UPOS",
                Stream.of(StreamKind.values()).map(StreamKind::words).toList(),
                series);
    }

    private static String note(Findings findings, List<Row> rows) {
        Finding one = findings.of(Measure.STREAMS, rows.get(0).name()).get(0);
        return String.format(
                Locale.ROOT,
                "UPOS of models trained with the state carried (`base`) and reset (`reset`), each scored both ways, in sentences that are not "
                        + "the first of their document: %,.0f tokens, and the %,.0f of them that are among a sentence's first %d. Noisy: %d of 100 "
                        + "words of %d letters and more have a typo. Mean, and in brackets least to most, over the seeds; the last column is the "
                        + "difference seed by seed, in points.",
                one.value(StreamScores.tokens(Part.ALL)),
                one.value(StreamScores.tokens(Part.START)),
                StreamScores.START,
                Typos.PERCENT,
                Typos.SHORTEST);
    }
}
