package io.tagstream.command;

import io.tagstream.cli.TagstreamVersion;
import io.tagstream.data.Corpus;
import io.tagstream.data.CorpusReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.data.LayerColumn;
import io.tagstream.eval.Evaluation;
import io.tagstream.eval.Evaluator;
import io.tagstream.eval.Evaluator.Casing;
import io.tagstream.eval.KnownWords;
import io.tagstream.eval.StreamingEvaluator;
import io.tagstream.eval.StreamingScore;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.LabelLayer;
import io.tagstream.option.ModelSource;
import io.tagstream.rawtext.RawScore;
import io.tagstream.rawtext.RawTextEvaluator;
import io.tagstream.recipe.Treebank;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.Results;
import io.tagstream.text.TagSet;
import io.tagstream.tokenize.Tokenizer;
import io.tagstream.tokenize.Tokenizers;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Scores a model on a labelled corpus. */
@Command(
        name = "evaluate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = TagstreamVersion.class,
        description = {
            "Scores a model on a labelled corpus (gold tokens): accuracy in percent by label layer, on known and unknown words, calibration "
                    + "and speed.",
            "The state is carried over the sentences of a document. cpu_seconds is the CPU time of the tagging thread, features included, "
                    + "after a warm-up pass."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream evaluate --corpus dev.conllu",
            "  tagstream evaluate --corpus dev.conllu --model my-model.onnx --lowercase --json",
            "  tagstream evaluate --corpus dev.conllu --raw --streaming --details",
            "  tagstream evaluate --corpus chunks-dev.tsv --model chunks.onnx"
        })
final class EvaluateCommand implements Callable<Integer> {
    @Option(
            names = "--corpus",
            required = true,
            paramLabel = "FILE",
            description = "The corpus: CoNLL-U, or a word a line and its labels with tabs or blanks between.")
    Path corpus = Path.of("");

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            split = ",",
            description =
                    "Where the labels of the model's layers stand, as 'train' has it: ner=4, ner=misc.KEY (default: by their names; in a "
                            + "file of columns all in their order, or the first layer alone).")
    List<String> layers = List.of();

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "A shipped model or an .onnx file (default: ${DEFAULT-VALUE}).")
    String model = ModelSource.DEFAULT;

    @Option(names = "--lowercase", description = "Lower-case every token first.")
    boolean lowercase;

    @Option(
            names = "--raw",
            description =
                    "Also score tokenisation and tagging together on the sentences' raw text: F1 of words, of words with UPOS and "
                            + "with XPOS, as the CoNLL 2018 shared task defines them.")
    boolean raw;

    @Option(
            names = "--streaming",
            description =
                    "Also show sentences token by token: accuracy after 0, 1, 2 tokens of look-ahead, edit overhead, correction time "
                            + "and relative correctness (Baumann, Buss and Schlangen 2011).")
    boolean streaming;

    @Option(names = "--details", description = "Also print a table by tag and the confusion matrix; --json has them.")
    boolean details;

    @Option(
            names = "--train",
            paramLabel = "FILE",
            description =
                    "The corpus whose words are the known ones (default: $TAGSTREAM_DATA/ewt/train.conllu for CoNLL-U; "
                            + "where there is none, the model's vocabulary).")
    @Nullable
    Path train;

    @Option(names = "--sentences", paramLabel = "N", description = "Only the first N (default: all).")
    @Nullable
    Integer sentences;

    @Option(names = "--json", description = "One JSON object instead of lines.")
    boolean json;

    @Override
    public Integer call() throws IOException {
        if (sentences != null && sentences < 1) {
            throw CommandException.usage("--sentences must be at least 1, but is " + sentences);
        }
        try (TaggerModel opened = ModelSource.open(model)) {
            Corpus read = read(corpus, opened);
            List<LabelledSentence> gold = read.sentences();
            if (sentences != null) {
                gold = gold.subList(0, Math.min(sentences, gold.size()));
            }
            refuseForeignLabels(opened, gold);
            warnOfStrangeLabels(opened, gold);
            EvaluationFindings findings = findings(opened, gold, knownWords(opened, read.isConllu()));
            PrintStream out = Results.open();
            if (json) {
                out.println(EvaluationJson.of(findings, corpus, lowercase));
            } else {
                new EvaluationTable(out).print(findings, details);
            }
            out.flush();
        }
        return ExitCode.OK;
    }

    private Corpus read(Path file, TaggerModel opened) {
        return layers.isEmpty()
                ? CorpusReader.corpusFor(
                        file,
                        opened.contract().labelLayers().stream()
                                .map(LabelLayer::name)
                                .toList())
                : CorpusReader.corpus(file, LayerColumn.parse(layers));
    }

    private EvaluationFindings findings(TaggerModel opened, List<LabelledSentence> gold, KnownWords known) {
        Casing casing = lowercase ? Casing.LOWER_CASE : Casing.AS_WRITTEN;
        Evaluation evaluation = Evaluator.evaluate(opened, gold, casing, known);
        RawScore rawScore = null;
        if (raw) {
            Tokenizer tokenizer = Tokenizers.named(opened.contract().tokenizer());
            rawScore = RawTextEvaluator.evaluate(opened, tokenizer::tokenize, gold, casing);
        }
        StreamingScore streamingScore = streaming ? StreamingEvaluator.evaluate(opened, gold, casing) : null;
        return new EvaluationFindings(opened.id(), evaluation, rawScore, streamingScore);
    }

    private KnownWords knownWords(TaggerModel opened, boolean conllu) {
        Path file = train;
        if (file == null) {
            file = Treebank.part("train");
            if (!Files.exists(file) || !conllu) {
                return KnownWords.ofModel(opened.contract());
            }
        }
        return KnownWords.ofCorpus(
                Objects.toString(file.getFileName()), read(file, opened).sentences());
    }

    /** Scores of 0.00 would look like an answer. */
    private void refuseForeignLabels(TaggerModel model, List<LabelledSentence> gold) {
        List<String> layers = new ArrayList<>();
        for (LabelLayer layer : model.contract().labelLayers()) {
            layers.add(layer.name());
            for (LabelledSentence sentence : gold) {
                for (String label : sentence.labels().getOrDefault(layer.name(), List.of())) {
                    if (layer.tags().index(label) != TagSet.ABSENT) {
                        return;
                    }
                }
            }
        }
        throw CommandException.usage("corpus " + corpus + ": it has no label of the layers "
                + String.join(", ", layers) + " that the model " + model.id()
                + " has: name the columns with --layer, or evaluate another model");
    }

    /** A label that the model does not have can never be right: a corpus of another tag set, or a slip in it. */
    private static void warnOfStrangeLabels(TaggerModel model, List<LabelledSentence> gold) {
        for (LabelLayer layer : model.contract().labelLayers()) {
            Map<String, Integer> strange = new TreeMap<>();
            for (LabelledSentence sentence : gold) {
                for (String label : sentence.labels().getOrDefault(layer.name(), List.of())) {
                    if (layer.tags().index(label) == TagSet.ABSENT) {
                        strange.merge(label, 1, Integer::sum);
                    }
                }
            }
            if (!strange.isEmpty()) {
                System.err.println("tagstream: the corpus has " + layer.name()
                        + " labels that the model has not, their tokens counted as wrong: "
                        + strange.entrySet().stream()
                                .map(label -> label.getKey() + " (" + label.getValue() + ")")
                                .collect(Collectors.joining(", ")));
            }
        }
    }
}
