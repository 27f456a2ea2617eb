package io.tagstream.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.eval.Calibration;
import io.tagstream.eval.ConfusionMatrix;
import io.tagstream.eval.DelayScore;
import io.tagstream.eval.Evaluation;
import io.tagstream.eval.LayerScore;
import io.tagstream.eval.StreamingScore;
import io.tagstream.eval.TagScore;
import java.nio.file.Path;

/** Findings as one JSON object. Accuracy, precision, recall and F1 are in percent; shares, scores and errors from 0 to 1. */
final class EvaluationJson {
    private static final double THOUSANDTHS = 1e3;
    private static final double MILLIONTHS = 1e6;

    private EvaluationJson() {}

    static ObjectNode of(EvaluationFindings findings, Path corpus, boolean lowercase) {
        Evaluation evaluation = findings.tagging();
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("model", findings.model());
        node.put("corpus", corpus.toString());
        node.put("lowercase", lowercase);
        node.put("tokens", evaluation.tokens());
        node.put("sentences", evaluation.sentences());
        evaluation.accuracy().forEach((layer, percent) -> node.put(layer + "_accuracy", percent(percent)));
        node.put("cpu_seconds", evaluation.cpuSeconds());
        node.put("tokens_per_cpu_second", Math.round(evaluation.tokensPerCpuSecond()));
        if (findings.raw() != null) {
            node.put("words_f1", percent(findings.raw().wordsF1()));
            findings.raw().f1().forEach((layer, percent) -> node.put(layer + "_f1", percent(percent)));
            node.put("words_gold", findings.raw().gold());
            node.put("words_found", findings.raw().found());
            node.put("words_aligned", findings.raw().aligned());
        }
        known(node, evaluation);
        calibration(node, evaluation.calibration());
        if (findings.streaming() != null) {
            streaming(node.putObject("streaming"), findings.streaming());
        }
        tables(node, evaluation);
        return node;
    }

    private static void known(ObjectNode node, Evaluation evaluation) {
        node.put("known_words", evaluation.knownWords());
        boolean first = true;
        for (String layer : evaluation.layers().keySet()) {
            LayerScore score = evaluation.layers().get(layer);
            if (first) {
                node.put("known_tokens", score.known().total());
                node.put("unknown_tokens", score.unknown().total());
                first = false;
            }
            accuracy(node, layer + "_known_accuracy", score.known());
            accuracy(node, layer + "_unknown_accuracy", score.unknown());
        }
    }

    /** JSON has no number for an accuracy on no token. */
    private static void accuracy(ObjectNode node, String key, ConfusionMatrix matrix) {
        if (matrix.total() > 0) {
            node.put(key, percent(matrix.accuracy()));
        }
    }

    private static void calibration(ObjectNode node, Calibration calibration) {
        if (calibration.total() == 0) {
            return;
        }
        node.put("ece", share(calibration.error()));
        ArrayNode bins = node.putArray("calibration");
        for (Calibration.Bin bin : calibration.bins()) {
            bins.addObject()
                    .put("above", share(bin.above()))
                    .put("up_to", share(bin.upTo()))
                    .put("tokens", bin.tokens())
                    .put("mean_score", share(bin.meanScore()))
                    .put("accuracy", share(bin.accuracy()));
        }
    }

    private static void streaming(ObjectNode node, StreamingScore streaming) {
        node.put("layer", streaming.layer());
        node.put("tokens", streaming.tokens());
        node.put("sentences", streaming.sentences());
        ArrayNode delays = node.putArray("look_ahead");
        for (DelayScore delay : streaming.delays()) {
            delays.addObject()
                    .put("tokens", delay.lookAhead())
                    .put("accuracy", percent(delay.accuracy()))
                    .put("edit_overhead", share(delay.editOverhead()))
                    .put("correction_time", share(delay.correctionTime()))
                    .put("correction_time_of_revised", share(delay.correctionTimeOfRevised()))
                    .put("longest_correction_time", delay.longestCorrectionTime())
                    .put("revised", share(delay.revised()))
                    .put("relative_correctness", share(delay.relativeCorrectness()));
        }
        node.put("whole_sentence_accuracy", percent(streaming.wholeAccuracy()));
    }

    private static void tables(ObjectNode node, Evaluation evaluation) {
        ObjectNode byTag = node.putObject("by_tag");
        ObjectNode confusion = node.putObject("confusion");
        evaluation.layers().forEach((layer, score) -> {
            ArrayNode rows = byTag.putArray(layer);
            for (TagScore tag : score.all().byTag()) {
                rows.addObject()
                        .put("tag", tag.tag())
                        .put("gold", tag.gold())
                        .put("predicted", tag.predicted())
                        .put("right", tag.right())
                        .put("precision", percent(tag.precision()))
                        .put("recall", percent(tag.recall()))
                        .put("f1", percent(tag.f1()));
            }
            ObjectNode matrix = confusion.putObject(layer);
            score.all().counts().forEach((gold, row) -> row.forEach(matrix.putObject(gold)::put));
        });
    }

    private static double percent(double value) {
        return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }

    private static double share(double value) {
        return Math.round(value * MILLIONTHS) / MILLIONTHS;
    }
}
