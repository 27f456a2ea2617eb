package io.tagstream.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluation;
import io.tagstream.eval.Evaluator;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.infer.TaggerModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores a model on a labelled corpus. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = {
            "Scores a model on a labelled corpus (gold tokens): accuracy in percent by label layer, and speed.",
            "The state is carried over the sentences of a document. cpu_seconds is the CPU time of the tagging thread, features included, "
                    + "after a warm-up pass."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream evaluate --corpus dev.conllu",
            "  tagstream evaluate --corpus dev.conllu --model my-model.onnx --lowercase --json"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--corpus", required = true, paramLabel = "FILE.conllu", description = "The corpus, CoNLL-U.")
    Path corpus = Path.of("");

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "A shipped model or an .onnx file (default: en).")
    String model = ModelSource.DEFAULT;

    @Option(names = "--lowercase", description = "Lower-case every token first.")
    boolean lowercase;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        List<LabelledSentence> sentences = ConlluReader.read(corpus);
        try (TaggerModel opened = ModelSource.open(model)) {
            Evaluation evaluation =
                    Evaluator.evaluate(opened, sentences, lowercase ? Casing.LOWER_CASE : Casing.AS_WRITTEN);
            PrintStream out = Main.results();
            if (json) {
                ObjectNode node = new ObjectMapper().createObjectNode();
                node.put("model", opened.id());
                node.put("corpus", corpus.toString());
                node.put("lowercase", lowercase);
                node.put("tokens", evaluation.tokens());
                node.put("sentences", evaluation.sentences());
                evaluation.accuracy().forEach((layer, percent) -> node.put(layer + "_accuracy", rounded(percent)));
                node.put("cpu_seconds", evaluation.cpuSeconds());
                node.put("tokens_per_cpu_second", Math.round(evaluation.tokensPerCpuSecond()));
                out.println(node);
            } else {
                out.printf(Locale.ROOT, "%-24s %s%n", "model", opened.id());
                out.printf(
                        Locale.ROOT,
                        "%-24s %d in %d sentences%n",
                        "tokens",
                        evaluation.tokens(),
                        evaluation.sentences());
                evaluation
                        .accuracy()
                        .forEach((layer, percent) ->
                                out.printf(Locale.ROOT, "%-24s %.2f %%%n", layer + " accuracy", percent));
                out.printf(Locale.ROOT, "%-24s %.3f%n", "CPU seconds", evaluation.cpuSeconds());
                out.printf(Locale.ROOT, "%-24s %.0f%n", "tokens per CPU second", evaluation.tokensPerCpuSecond());
            }
            out.flush();
        }
        return ExitCode.OK;
    }

    private static double rounded(double percent) {
        return Math.round(percent * 1000) / 1000.0;
    }
}
