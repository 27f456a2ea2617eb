package io.tagstream.compare;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.Evaluation;
import io.tagstream.eval.KnownWords;
import io.tagstream.infer.TaggerModel;
import io.tagstream.markdown.MarkedSections;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.result.TrainReport;
import io.tagstream.text.UsageException;
import io.tagstream.train.TrainListener;
import io.tagstream.train.Trainer;
import io.tagstream.trial.Finding;
import io.tagstream.trial.Findings;
import io.tagstream.trial.Measure;
import io.tagstream.trial.NameScores;
import io.tagstream.trial.RecallScores;
import io.tagstream.trial.RecallTask;
import io.tagstream.trial.Row;
import io.tagstream.trial.StreamScores;
import io.tagstream.trial.TrainPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares networks that differ in one choice, and finds out what memory over sentences buys. Works on the calling thread, seed by seed:
 *
 * <ol>
 *   <li>what the folder's findings already hold is not done again
 *   <li>each row is trained and its model kept, {@code models/ROW-SEED.onnx}
 *   <li>the models trained with and without memory are scored on streams and on names that recur
 *   <li>small networks learn to remember over sentences
 *   <li>{@code findings.json} grows with each finding; at the end, or when stopped, tables and figures are drawn of all
 * </ol>
 */
public final class Comparison {
    /** Recall tasks are small: so many passes for each one over the corpus. */
    private static final int RECALL_PASSES = 2;

    private static final double NANOS = 1e9;
    private static final double MINUTE = 60;

    private final ComparisonSettings settings;
    private final BooleanSupplier stop;
    private final Consumer<String> progress;
    private final Findings findings;
    private final List<LabelledSentence> train;
    private final List<LabelledSentence> dev;
    private final KnownWords known;
    private int trained;
    private double seconds;

    private Comparison(ComparisonSettings settings, BooleanSupplier stop, Consumer<String> progress)
            throws IOException {
        this.settings = settings;
        this.stop = stop;
        this.progress = progress;
        this.train = ConlluReader.read(settings.train());
        this.dev = ConlluReader.read(settings.dev());
        this.known = KnownWords.ofCorpus(String.valueOf(settings.train().getFileName()), train);
        Files.createDirectories(models());
        this.findings = Findings.open(settings.folder().resolve("findings.json"), Conditions.of(settings));
    }

    /**
     * Finds out what is not found out yet, and writes tables and figures of all.
     *
     * @param stop asked now and then; true ends it: what is finished by then is kept, and another call goes on from there
     * @param progress is told of each finding in a line
     * @return the file with the tables
     * @throws io.tagstream.data.CorpusException if a corpus cannot be read
     * @throws UsageException if the folder's findings are of other corpora or epochs, or the page lacks a section
     * @throws IOException if a file cannot be written
     */
    public static Path run(ComparisonSettings settings, BooleanSupplier stop, Consumer<String> progress)
            throws IOException {
        Path page = settings.page();
        if (page != null) {
            MarkedSections.require(page, ComparisonPage.SECTIONS);
        }
        Conditions.requireReadableAgain(settings);
        Comparison comparison = new Comparison(settings, stop, progress);
        comparison.findOut();
        return new ComparisonPage(comparison.findings).write(settings.folder(), page);
    }

    private void findOut() throws IOException {
        for (long seed : settings.seeds()) {
            for (Row row : settings.trained()) {
                training(row, seed);
                if (row.equals(Row.BASE) || row.equals(Row.RESET)) {
                    memory(row, seed);
                }
            }
            if (settings.wants(Measure.RECALL)) {
                recall(seed);
            }
        }
    }

    private void training(Row row, long seed) throws IOException {
        if (find(Measure.TRAINING, row, seed).isPresent() || stop.getAsBoolean()) {
            return;
        }
        Map<String, Double> values = train(row, seed);
        if (!values.isEmpty()) {
            add(Measure.TRAINING, row, seed, values);
        }
    }

    /** Trains and says how it went; nothing if it was stopped. */
    private Map<String, Double> train(Row row, long seed) {
        Path file = model(row, seed);
        TrainSettings plan = TrainPlan.of(
                row.vectors() ? settings.vectors() : null,
                file,
                identity(row, seed),
                row.network(),
                TrainPlan.usual(settings.epochs(), seed, row.carry()));
        long start = System.nanoTime();
        // The best epoch is picked, and the file scored, with the memory that the row has.
        TrainReport report = Trainer.train(plan, train, row.carry() ? dev : apart(dev), TrainListener.SILENT, stop);
        if (report.stopped()) {
            return Map.of();
        }
        double took = (System.nanoTime() - start) / NANOS;
        seconds += took;
        trained++;
        Map<String, Double> values = new LinkedHashMap<>();
        report.saved().accuracy().forEach((layer, percent) -> values.put(RowTable.int8(layer), percent));
        report.fp32().accuracy().forEach((layer, percent) -> values.put(RowTable.fp32(layer), percent));
        values.put("epoch", (double) report.epoch());
        values.put("seconds", took);
        values.put("bytes", (double) report.bytes());
        values.put("tokens per CPU second", tokensPerCpuSecond(report.saved()));
        progress.accept(String.format(
                Locale.ROOT,
                "%s, seed %d: %s, %.0f s; %s",
                row.name(),
                seed,
                percentages(report.saved()),
                took,
                left(row, seed)));
        return values;
    }

    private static String percentages(Evaluation evaluation) {
        return evaluation.accuracy().entrySet().stream()
                .map(layer -> String.format(Locale.ROOT, "%s %.2f %%", layer.getKey(), layer.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** How many trainings are to come after one, and how long they may take. */
    private String left(Row now, long nowSeed) {
        int left = 0;
        for (long seed : settings.seeds()) {
            for (Row row : settings.trained()) {
                boolean isNow = row.equals(now) && seed == nowSeed;
                left += isNow || find(Measure.TRAINING, row, seed).isPresent() ? 0 : 1;
            }
        }
        return String.format(Locale.ROOT, "%d trainings left, about %.0f min", left, left * seconds / trained / MINUTE);
    }

    private static double tokensPerCpuSecond(Evaluation evaluation) {
        return Math.rint(evaluation.tokensPerCpuSecond());
    }

    private static ModelIdentity identity(Row row, long seed) {
        ModelIdentity defaults = ModelIdentity.DEFAULT;
        return new ModelIdentity(
                row.name() + "-" + seed,
                defaults.language(),
                defaults.tokenizer(),
                defaults.precision(),
                defaults.data(),
                defaults.licence(),
                defaults.date());
    }

    /** Every sentence a document. */
    private static List<LabelledSentence> apart(List<LabelledSentence> corpus) {
        return corpus.stream()
                .map(sentence -> new LabelledSentence(
                        sentence.id(), sentence.text(), sentence.forms(), sentence.labels(), true, sentence.ranges()))
                .toList();
    }

    private void memory(Row row, long seed) throws IOException {
        List<Measure> missing = new ArrayList<>();
        for (Measure measure : List.of(Measure.STREAMS, Measure.NAMES)) {
            if (settings.wants(measure) && find(measure, row, seed).isEmpty()) {
                missing.add(measure);
            }
        }
        if (missing.isEmpty() || stop.getAsBoolean()) {
            return;
        }
        if (!Files.exists(model(row, seed)) && train(row, seed).isEmpty()) {
            return;
        }
        try (TaggerModel model = TaggerModel.open(model(row, seed))) {
            for (Measure measure : missing) {
                add(
                        measure,
                        row,
                        seed,
                        measure == Measure.STREAMS ? StreamScores.of(model, dev) : NameScores.of(model, dev, known));
                progress.accept("  " + measure.title() + ": " + row.name() + ", seed " + seed);
            }
        }
    }

    private void recall(long seed) throws IOException {
        int epochs = RECALL_PASSES * settings.epochs();
        for (RecallTask task : RecallTask.ALL) {
            if (findings.find(Measure.RECALL, task.name(), seed, task.words()).isPresent() || stop.getAsBoolean()) {
                continue;
            }
            Path file = models().resolve(task.name() + "-" + seed + ".onnx");
            Map<String, Double> values = RecallScores.of(task, seed, epochs, file, stop);
            if (!values.isEmpty()) {
                findings.add(new Finding(Measure.RECALL, task.name(), seed, task.words(), values));
                progress.accept("  recall: " + task.words() + ", seed " + seed);
            }
        }
    }

    private Optional<Finding> find(Measure measure, Row row, long seed) {
        return findings.find(measure, row.name(), seed, words(row));
    }

    private void add(Measure measure, Row row, long seed, Map<String, Double> values) throws IOException {
        findings.add(new Finding(measure, row.name(), seed, words(row), values));
    }

    private String words(Row row) {
        return row.settings(settings.vectors() != null);
    }

    private Path models() {
        return settings.folder().resolve("models");
    }

    private Path model(Row row, long seed) {
        return models().resolve(row.name() + "-" + seed + ".onnx");
    }
}
