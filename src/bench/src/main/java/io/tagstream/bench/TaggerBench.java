package io.tagstream.bench;

import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.ConfusionMatrix;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures taggers side by side on gold tokens, on the calling thread.
 *
 * <ol>
 *   <li>All are opened and given the corpus in the form that they take.
 *   <li>Each is warmed up.
 *   <li>In each repetition every tagger goes once over the corpus, so that what the machine does meanwhile hits all alike; who comes first
 *       moves on by one.
 *   <li>The CPU time of the thread counts, not the clock: other load on the machine disturbs it less.
 * </ol>
 */
public final class TaggerBench {
    /** The row of the model that the OpenNLP project ships. */
    public static final String STOCK = "opennlp-stock";
    /** The row of OpenNLP's perceptron trained on the training corpus: what speed is compared with. */
    public static final String PERCEPTRON = "opennlp-perceptron-ewt";

    private static final double NANOS = 1e9;

    private final List<Contestant> contestants;
    private final List<LabelledSentence> corpus;
    private final BenchSettings settings;
    private final int tokens;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private TaggerBench(List<Contestant> contestants, List<LabelledSentence> corpus, BenchSettings settings) {
        this.contestants = contestants;
        this.corpus = corpus;
        this.settings = settings;
        this.tokens = corpus.stream().mapToInt(LabelledSentence::size).sum();
    }

    /**
     * Measures models and OpenNLP's taggers.
     *
     * @param models ours
     * @param train what OpenNLP's perceptron is trained on
     * @param cache the folder that keeps it once it is trained
     * @param corpus what is tagged
     * @param notice is told what takes long
     * @return a row a tagger: the models in their order, then {@link #STOCK}, then {@link #PERCEPTRON}
     */
    public static List<TaggerRow> run(
            List<ShippedModel> models,
            Path train,
            Path cache,
            List<LabelledSentence> corpus,
            BenchSettings settings,
            Consumer<String> notice)
            throws IOException {
        List<Contestant> contestants = new ArrayList<>();
        try {
            models.forEach(model -> contestants.add(new ModelContestant(model)));
            contestants.add(new OpenNlpContestant(STOCK, OpenNlpModels.stock()));
            contestants.add(new OpenNlpContestant(PERCEPTRON, OpenNlpModels.perceptron(train, cache, notice)));
            return new TaggerBench(contestants, corpus, settings).rows(notice);
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private List<TaggerRow> rows(Consumer<String> notice) {
        List<List<String>> forms = corpus.stream()
                .map(sentence ->
                        sentence.forms().stream().map(settings.casing()::of).toList())
                .toList();
        List<Contestant.Pass> passes =
                contestants.stream().map(one -> one.prepare(corpus, forms)).toList();
        notice.accept("warming up " + passes.size() + " taggers, then " + settings.repetitions() + " repetitions ...");
        passes.forEach(this::warmUp);
        double[][] speeds = new double[passes.size()][settings.repetitions()];
        for (int repetition = 0; repetition < settings.repetitions(); repetition++) {
            for (int turn = 0; turn < passes.size(); turn++) {
                int one = (repetition + turn) % passes.size();
                speeds[one][repetition] = tokens * NANOS / nanos(passes.get(one));
            }
        }
        double[] reference = speeds[speeds.length - 1];
        List<TaggerRow> rows = new ArrayList<>();
        for (int one = 0; one < passes.size(); one++) {
            double[] ratios = new double[reference.length];
            for (int repetition = 0; repetition < ratios.length; repetition++) {
                ratios[repetition] = speeds[one][repetition] / reference[repetition];
            }
            Contestant contestant = contestants.get(one);
            rows.add(new TaggerRow(
                    contestant.name(),
                    contestant.isDefault(),
                    accuracy(passes.get(one).labels()),
                    Spread.of(speeds[one]),
                    Spread.of(ratios).median()));
        }
        return rows;
    }

    private void warmUp(Contestant.Pass pass) {
        long nanos = 0;
        for (int count = 0;
                count < BenchSettings.WARM_UP_PASSES
                        || nanos < settings.warmUp().toNanos();
                count++) {
            nanos += nanos(pass);
        }
    }

    /** The CPU time of one pass, at least 1 ns. */
    private long nanos(Contestant.Pass pass) {
        long start = threads.getCurrentThreadCpuTime();
        pass.run();
        return Math.max(1, threads.getCurrentThreadCpuTime() - start);
    }

    private Map<String, Double> accuracy(Map<String, List<List<String>>> labels) {
        Map<String, Double> accuracy = new LinkedHashMap<>();
        labels.forEach((layer, sentences) -> {
            ConfusionMatrix matrix = new ConfusionMatrix();
            for (int s = 0; s < corpus.size(); s++) {
                List<String> gold = corpus.get(s).labels().getOrDefault(layer, List.of());
                for (int t = 0; t < gold.size(); t++) {
                    matrix.add(gold.get(t), sentences.get(s).get(t));
                }
            }
            if (matrix.total() > 0) {
                accuracy.put(layer, matrix.accuracy());
            }
        });
        return accuracy;
    }
}
