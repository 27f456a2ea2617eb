package io.tagstream.compare;

import io.tagstream.eval.Memory;
import io.tagstream.markdown.MarkdownSection;
import io.tagstream.markdown.MarkdownTable;
import io.tagstream.report.LineChart;
import io.tagstream.report.LineChart.Axis;
import io.tagstream.report.LineChart.Line;
import io.tagstream.report.LineChart.Style;
import io.tagstream.trial.Findings;
import io.tagstream.trial.MeanAndRange;
import io.tagstream.trial.Measure;
import io.tagstream.trial.RecallScores;
import io.tagstream.trial.RecallTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far back over sentence borders a network remembers. */
final class RecallTable {
    static final String NAME = "recall";

    /** What does not fit into a table's width is in the figure. */
    private static final List<Integer> SHOWN = List.of(0, 1, 2, 4, RecallTask.SENTENCES - 1);

    private static final double PERCENT = 100;

    private RecallTable() {}

    static MarkdownSection of(Findings findings) {
        List<RecallTask> tasks = RecallTask.ALL.stream()
                .filter(task -> !findings.of(Measure.RECALL, task.name()).isEmpty())
                .toList();
        List<String> header = new ArrayList<>(List.of("trained", "scored"));
        SHOWN.forEach(between -> header.add(between == 1 ? "1 border, %" : between + " borders, %"));
        MarkdownTable table = new MarkdownTable(header);
        for (RecallTask task : tasks) {
            for (Memory memory : Memory.values()) {
                List<String> cells =
                        new ArrayList<>(List.of(task.words(), memory.name().toLowerCase(Locale.ROOT)));
                SHOWN.forEach(between ->
                        cells.add(over(findings, task, memory, between).whole()));
                table.row(cells);
            }
        }
        String note = String.format(
                Locale.ROOT,
                "Sentences of %d random symbols out of %d; at the end of a sentence the network is asked for the first symbol of the document, "
                        + "so many sentence borders back. A guess is right in %.1f %%. Mean, and in brackets least to most, over the seeds.",
                RecallTask.SYMBOLS,
                RecallTask.ALPHABET.size(),
                PERCENT / RecallTask.ALPHABET.size());
        return new MarkdownSection(NAME, figure(findings, tasks), table, note);
    }

    private static MeanAndRange over(Findings findings, RecallTask task, Memory memory, int between) {
        return findings.over(Measure.RECALL, task.name(), finding -> finding.value(RecallScores.name(memory, between)));
    }

    private static LineChart figure(Findings findings, List<RecallTask> tasks) {
        List<Line> lines = new ArrayList<>();
        for (RecallTask task : tasks) {
            lines.add(Line.of(task.words(), means(findings, task, Memory.CARRIED), Style.MARKED));
        }
        lines.add(Line.of("the first, reset", means(findings, tasks.get(0), Memory.RESET), Style.MARKED));
        double[] guess = new double[RecallTask.SENTENCES];
        Arrays.fill(guess, PERCENT / RecallTask.ALPHABET.size());
        lines.add(Line.of("guessing", guess, Style.DASHED));
        return new LineChart(
                "Remember the first, over sentence borders",
                "borders between",
                Axis.between("right, %", 0, 105),
                lines);
    }

    private static double[] means(Findings findings, RecallTask task, Memory memory) {
        double[] means = new double[RecallTask.SENTENCES];
        for (int between = 0; between < means.length; between++) {
            means[between] = over(findings, task, memory, between).mean();
        }
        return means;
    }
}
