package io.tagstream.command;

import io.tagstream.eval.Calibration;
import io.tagstream.eval.ConfusionMatrix;
import io.tagstream.eval.DelayScore;
import io.tagstream.eval.Evaluation;
import io.tagstream.eval.LayerScore;
import io.tagstream.eval.StreamingScore;
import io.tagstream.eval.TagScore;
import io.tagstream.rawtext.RawScore;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Findings for people. */
final class EvaluationTable {
    /** Tag sets up to this size are shown as a matrix; of larger ones the most frequent confusions. */
    private static final int WIDEST_MATRIX = 20;

    private final PrintStream out;

    EvaluationTable(PrintStream out) {
        this.out = out;
    }

    void print(EvaluationFindings findings, boolean details) {
        Evaluation evaluation = findings.tagging();
        line("model", "%s", findings.model());
        line("tokens", "%d in %d sentences", evaluation.tokens(), evaluation.sentences());
        evaluation.accuracy().forEach((layer, percent) -> line(layer + " accuracy", "%.2f %%", percent));
        evaluation.layers().forEach(this::known);
        line("known words", "%s", evaluation.knownWords());
        Calibration calibration = evaluation.calibration();
        if (calibration.total() > 0) {
            line("calibration error", "%.4f", calibration.error());
        }
        line("CPU seconds", "%.3f", evaluation.cpuSeconds());
        line("tokens per CPU second", "%.0f", evaluation.tokensPerCpuSecond());
        if (findings.raw() != null) {
            raw(findings.raw());
        }
        if (findings.streaming() != null) {
            streaming(findings.streaming());
        }
        if (details) {
            evaluation.layers().forEach((layer, score) -> details(layer, score.all()));
        }
    }

    private void known(String layer, LayerScore score) {
        if (score.known().total() > 0 && score.unknown().total() > 0) {
            line(
                    layer + " known, unknown",
                    "%.2f %%, %.2f %% (%d, %d tokens)",
                    score.known().accuracy(),
                    score.unknown().accuracy(),
                    score.known().total(),
                    score.unknown().total());
        }
    }

    private void raw(RawScore raw) {
        line("raw text, words F1", "%.2f %%", raw.wordsF1());
        raw.f1().forEach((layer, percent) -> line("raw text, " + layer + " F1", "%.2f %%", percent));
    }

    private void streaming(StreamingScore streaming) {
        out.printf(
                Locale.ROOT,
                "%n%s while the sentence grows%n%-12s %9s %14s %16s %9s %21s%n",
                streaming.layer(),
                "look-ahead",
                "accuracy",
                "edit overhead",
                "correction time",
                "revised",
                "relative correctness");
        for (DelayScore delay : streaming.delays()) {
            out.printf(
                    Locale.ROOT,
                    "%-12d %7.2f %% %14.4f %16.3f %9.4f %21.4f%n",
                    delay.lookAhead(),
                    delay.accuracy(),
                    delay.editOverhead(),
                    delay.correctionTime(),
                    delay.revised(),
                    delay.relativeCorrectness());
        }
        out.printf(Locale.ROOT, "%-12s %7.2f %%%n", "sentence", streaming.wholeAccuracy());
    }

    private void details(String layer, ConfusionMatrix matrix) {
        List<TagScore> tags = matrix.byTag();
        out.printf(Locale.ROOT, "%n%-8s %7s %7s %10s %8s %8s%n", layer, "gold", "given", "precision", "recall", "F1");
        for (TagScore tag : tags) {
            out.printf(
                    Locale.ROOT,
                    "%-8s %7d %7d %10.2f %8.2f %8.2f%n",
                    tag.tag(),
                    tag.gold(),
                    tag.predicted(),
                    tag.precision(),
                    tag.recall(),
                    tag.f1());
        }
        if (tags.size() <= WIDEST_MATRIX) {
            matrix(layer, tags.stream().map(TagScore::tag).toList(), matrix);
        } else {
            out.printf(Locale.ROOT, "%n%s: most frequent errors (gold, given, tokens)%n", layer);
            matrix.confusions().stream()
                    .limit(WIDEST_MATRIX)
                    .forEach(pair ->
                            out.printf(Locale.ROOT, "%-8s %-8s %6d%n", pair.gold(), pair.predicted(), pair.count()));
        }
    }

    private void matrix(String layer, List<String> tags, ConfusionMatrix matrix) {
        out.printf(Locale.ROOT, "%n%s: gold down, given across%n%-6s", layer, "");
        tags.forEach(tag -> out.printf(Locale.ROOT, " %5s", tag));
        out.println();
        for (String gold : tags) {
            out.printf(Locale.ROOT, "%-6s", gold);
            tags.forEach(given -> {
                int count = matrix.count(gold, given);
                out.printf(Locale.ROOT, " %5s", count == 0 ? "." : Integer.toString(count));
            });
            out.println();
        }
    }

    private void line(String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-24s %s%n", name, String.format(Locale.ROOT, format, values));
    }
}
