package io.tagstream.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tagstream.cli.TagstreamVersion;
import io.tagstream.data.ConlluReader;
import io.tagstream.data.CorpusReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.infer.TaggerModel;
import io.tagstream.markdown.MarkedSections;
import io.tagstream.option.ModelSource;
import io.tagstream.recipe.Treebank;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The shipped models against OpenNLP. */
@Command(
        name = "tagger",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = TagstreamVersion.class,
        description = {
            "Measures accuracy and speed of the shipped models and of OpenNLP's taggers on gold tokens: its stock model for UD English "
                    + "(opennlp-stock), and its perceptron (100 iterations, cutoff 0) trained on --train (opennlp-perceptron-ewt).",
            "One thread, all warmed up, interleaved repetitions, medians of tokens a second of the thread's CPU time. The perceptron is "
                    + "trained once and kept in $XDG_CACHE_HOME/tagstream (default: ~/.cache/tagstream)."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream bench tagger --corpus dev.conllu",
            "  tagstream bench tagger --corpus dev.conllu --train train.conllu --lowercase --json",
            "  tagstream bench tagger --corpus dev.conllu --model small.onnx --model large.onnx --plot curve.svg"
        })
final class BenchTaggerCommand implements Callable<Integer> {
    private static final double THOUSANDTHS = 1e3;

    @Option(
            names = "--corpus",
            required = true,
            paramLabel = "FILE",
            description = "What is tagged: CoNLL-U, or a word a line, its UPOS and perhaps its XPOS.")
    Path corpus = Path.of("");

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description = "What OpenNLP's perceptron is trained on (default: $TAGSTREAM_DATA/ewt/train.conllu).")
    @Nullable
    Path train;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "Measure this model too; may be repeated (default: the shipped ones).")
    List<String> models = new ArrayList<>();

    @Option(names = "--repetitions", paramLabel = "N", description = "Measured passes (default: ${DEFAULT-VALUE}).")
    int repetitions = BenchSettings.DEFAULT_REPETITIONS;

    @Option(names = "--lowercase", description = "Lower-case every token first.")
    boolean lowercase;

    @Option(
            names = "--plot",
            paramLabel = "FILE.svg|png",
            description = "Also draw accuracy against speed, a point a tagger.")
    @Nullable
    Path plot;

    @Option(
            names = "--page",
            paramLabel = "FILE.md",
            description =
                    "Also write figure and table into this file, between its marks (see src/site/markdown/model.md).")
    @Nullable
    Path page;

    @Option(names = "--json", description = "One JSON object instead of a table.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        Path trainFile = train();
        if (plot != null) {
            TaggerCurve.requirePlace(plot);
        }
        if (page != null) {
            MarkedSections.require(page, List.of(TaggerCurve.SECTION));
        }
        List<LabelledSentence> sentences = CorpusReader.readFor(corpus, OpenNlpModels.LAYERS);
        BenchSettings settings = new BenchSettings(
                repetitions, BenchSettings.DEFAULT_WARM_UP, lowercase ? Casing.LOWER_CASE : Casing.AS_WRITTEN);
        List<String> names = new ArrayList<>(ModelSource.SHIPPED);
        names.addAll(models);
        List<ShippedModel> opened = new ArrayList<>();
        try {
            for (String name : names) {
                TaggerModel model = ModelSource.open(name);
                opened.add(new ShippedModel(name, name.equals(ModelSource.DEFAULT), model));
            }
            List<TaggerRow> rows = TaggerBench.run(
                    opened,
                    trainFile,
                    cache(),
                    sentences,
                    settings,
                    notice -> System.err.println("tagstream: " + notice));
            draw(new TaggerCurve(rows, opened));
            Map<String, String> networks = TaggerCurve.networks(opened);
            PrintStream out = Results.open();
            if (json) {
                out.println(json(rows, networks, sentences));
            } else {
                print(rows, networks, out);
            }
            out.flush();
        } finally {
            opened.forEach(model -> model.model().close());
        }
        return ExitCode.OK;
    }

    private void draw(TaggerCurve curve) throws IOException {
        if (plot != null) {
            curve.write(plot);
        }
        if (page != null) {
            MarkedSections.write(page, List.of(curve.section(corpus, repetitions)));
        }
    }

    private Path train() {
        Path file = train == null ? Treebank.part("train") : train;
        if (!Files.exists(file)) {
            throw CommandException.usage(
                    "there is no corpus " + file + " to train OpenNLP's perceptron on: name one with --train, or set "
                            + Treebank.VARIABLE + " to the folder that holds ewt/train.conllu");
        }
        return file;
    }

    private static Path cache() {
        String home = System.getenv("XDG_CACHE_HOME");
        Path base = home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(home);
        return base.resolve("tagstream");
    }

    private ObjectNode json(List<TaggerRow> rows, Map<String, String> networks, List<LabelledSentence> sentences) {
        ObjectNode node = new ObjectMapper().createObjectNode();
        node.put("corpus", corpus.toString());
        node.put("lowercase", lowercase);
        node.put("tokens", sentences.stream().mapToInt(LabelledSentence::size).sum());
        node.put("repetitions", repetitions);
        ArrayNode list = node.putArray("rows");
        for (TaggerRow row : rows) {
            ObjectNode one = list.addObject();
            one.put("name", row.name());
            one.put("default", row.isDefault());
            String network = networks.get(row.name());
            if (network != null) {
                one.put("network", network);
            }
            row.accuracy().forEach((layer, percent) -> one.put(layer + "_accuracy", rounded(percent)));
            one.put("tokens_per_cpu_second", Math.round(row.tokensPerCpuSecond().median()));
            one.put(
                    "tokens_per_cpu_second_min",
                    Math.round(row.tokensPerCpuSecond().min()));
            one.put(
                    "tokens_per_cpu_second_max",
                    Math.round(row.tokensPerCpuSecond().max()));
            one.put("ratio_to_opennlp_perceptron", rounded(row.ratioToPerceptron()));
        }
        return node;
    }

    private static void print(List<TaggerRow> rows, Map<String, String> networks, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-24s %8s %8s %12s %19s %8s  %s%n",
                "tagger",
                "UPOS",
                "XPOS",
                "tokens/CPU s",
                "min to max",
                "ratio",
                "network");
        for (TaggerRow row : rows) {
            out.printf(
                    Locale.ROOT,
                    "%-24s %8s %8s %12.0f %19s %8.2f  %s%n",
                    row.name() + (row.isDefault() ? " *" : ""),
                    percent(row, ConlluReader.UPOS),
                    percent(row, ConlluReader.XPOS),
                    row.tokensPerCpuSecond().median(),
                    String.format(
                            Locale.ROOT,
                            "%.0f to %.0f",
                            row.tokensPerCpuSecond().min(),
                            row.tokensPerCpuSecond().max()),
                    row.ratioToPerceptron(),
                    networks.getOrDefault(row.name(), ""));
        }
        out.println("* the default model; ratio: of speed, to " + TaggerBench.PERCEPTRON);
    }

    private static String percent(TaggerRow row, String layer) {
        Double accuracy = row.accuracy().get(layer);
        return accuracy == null ? "" : String.format(Locale.ROOT, "%.2f", accuracy);
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
