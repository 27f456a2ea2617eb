package io.tagstream.compare;

import io.tagstream.eval.Memory;
import io.tagstream.markdown.MarkdownSection;
import io.tagstream.markdown.MarkdownTable;
import io.tagstream.report.DotChart;
import io.tagstream.trial.Finding;
import io.tagstream.trial.Findings;
import io.tagstream.trial.MeanAndRange;
import io.tagstream.trial.Measure;
import io.tagstream.trial.NameScores;
import io.tagstream.trial.Recurrences.Words;
import io.tagstream.trial.Row;
import io.tagstream.trial.StreamKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** Whether a model does better on an unknown word once it has met it in the document. */
final class NameTable {
    static final String NAME = "names";

    private static final Map<Words, String> WORDS = Map.of(Words.NAMES, "names", Words.ALL, "all unknown words");

    private NameTable() {}

    /** Whether there is anything to show: a small corpus may have no name that recurs. */
    static boolean hasNames(Findings findings) {
        return findings.over(
                                Measure.NAMES,
                                Row.BASE.name(),
                                finding -> finding.value(NameScores.tokens(Words.NAMES, false)))
                        .most()
                > 0;
    }

    static MarkdownSection of(Findings findings) {
        List<Row> rows = Stream.of(Row.BASE, Row.RESET)
                .filter(row -> !findings.of(Measure.NAMES, row.name()).isEmpty())
                .toList();
        MarkdownTable table = new MarkdownTable(
                List.of("stream", "words", "trained", "mention", "carried, %", "reset, %", "carried against reset"));
        for (StreamKind kind : NameScores.KINDS) {
            for (Words words : Words.values()) {
                for (Row row : rows) {
                    for (boolean first : new boolean[] {true, false}) {
                        table.row(List.of(
                                kind.words(),
                                WORDS.getOrDefault(words, ""),
                                StreamTable.trained(row),
                                first ? "first" : "later",
                                over(findings, row, NameScores.name(kind, words, first, Memory.CARRIED))
                                        .text(),
                                over(findings, row, NameScores.name(kind, words, first, Memory.RESET))
                                        .text(),
                                gain(findings, row, kind, words, first).signed()));
                    }
                }
            }
        }
        return new MarkdownSection(NAME, figure(findings, rows), table, note(findings, rows));
    }

    private static MeanAndRange over(Findings findings, Row row, String value) {
        return findings.over(Measure.NAMES, row.name(), finding -> finding.value(value));
    }

    private static MeanAndRange gain(Findings findings, Row row, StreamKind kind, Words words, boolean first) {
        return findings.over(
                Measure.NAMES,
                row.name(),
                finding -> finding.value(NameScores.name(kind, words, first, Memory.CARRIED))
                        - finding.value(NameScores.name(kind, words, first, Memory.RESET)));
    }

    private static DotChart figure(Findings findings, List<Row> rows) {
        List<String> categories = new ArrayList<>();
        for (StreamKind kind : NameScores.KINDS) {
            for (String mention : List.of("first", "later")) {
                categories.add("names " + kind.words() + ", " + mention);
            }
        }
        List<DotChart.Dots> series = new ArrayList<>();
        for (Row row : rows) {
            double[] gains = new double[categories.size()];
            int at = 0;
            for (StreamKind kind : NameScores.KINDS) {
                gains[at++] = gain(findings, row, kind, Words.NAMES, true).mean();
                gains[at++] = gain(findings, row, kind, Words.NAMES, false).mean();
            }
            series.add(new DotChart.Dots("trained " + StreamTable.trained(row), gains));
        }
        return new DotChart(
                "Names that recur in a document", "carried against reset, points of UPOS", categories, series);
    }

    private static String note(Findings findings, List<Row> rows) {
        Finding one = findings.of(Measure.NAMES, rows.get(0).name()).get(0);
        return String.format(
                Locale.ROOT,
                "UPOS of words that the training corpus lacks and that come again in a later sentence of their document: names %.0f first "
                        + "mentions and %.0f later ones, all words %.0f and %.0f. Models, seeds and the last column as above.",
                one.value(NameScores.tokens(Words.NAMES, true)),
                one.value(NameScores.tokens(Words.NAMES, false)),
                one.value(NameScores.tokens(Words.ALL, true)),
                one.value(NameScores.tokens(Words.ALL, false)));
    }
}
