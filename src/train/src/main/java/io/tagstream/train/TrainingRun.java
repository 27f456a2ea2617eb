package io.tagstream.train;

import io.tagstream.batch.BatchPacker;
import io.tagstream.batch.DocumentStreams;
import io.tagstream.batch.EpochDocuments;
import io.tagstream.encode.NameSwap;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import io.tagstream.model.LabelLayer;
import io.tagstream.network.InitialWeights;
import io.tagstream.network.Learner;
import io.tagstream.network.LibTorch;
import io.tagstream.network.NetworkTagger;
import io.tagstream.network.TaggerNetwork;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.Seeds;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainedWeights;
import io.tagstream.words.WordVectors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Learns from a corpus, epoch by epoch, and keeps the weights that do best on the dev corpus (on its first label layer). Only
 * the seed is random: the order of documents, their case, dropped words and first weights come from generators of their own.
 */
public final class TrainingRun {
    private static final double RAMP = 10;
    private static final int ORDER = 3;

    private final TrainSettings settings;
    private final LearningSettings learning;
    private final TrainListener listener;
    private final BooleanSupplier stop;
    private final TrainingData data;
    private final NetworkShape shape;
    private final EpochDocuments documents;
    private long done;
    private long steps;
    private Progress.Best best = Progress.Best.NONE;

    /** @param vectors pre-trained word vectors, or {@link WordVectors#NONE} */
    public TrainingRun(
            TrainSettings settings,
            Corpora corpora,
            WordVectors vectors,
            TrainListener listener,
            BooleanSupplier stop) {
        this.settings = settings;
        this.learning = settings.learning();
        this.listener = listener;
        this.stop = stop;
        this.data = TrainingData.of(settings, corpora, vectors);
        this.shape = data.shape();
        this.documents = new EpochDocuments(
                data.gold(),
                data.silver(),
                learning.silverShare(),
                learning.epochs(),
                new Random(learning.seed() + ORDER));
        listener.started(new RunSize(
                corpora.train().size(),
                Corpora.tokens(corpora.train()),
                corpora.silver().size(),
                Corpora.tokens(corpora.silver()),
                shape.words().column().vocabulary().size(),
                documents.expectedPieces() * learning.epochs()));
    }

    /** Learns until the last epoch or until asked to stop. */
    public TrainedWeights learn() {
        return learn(null, null);
    }

    /**
     * Learns until the last epoch or until asked to stop.
     *
     * @param from where a run of the same settings and corpora stood, or null to start
     * @param keeper is given where the run stands at the end of each epoch that others follow; null where nobody cares
     */
    public TrainedWeights learn(@Nullable Progress from, @Nullable Consumer<Progress> keeper) {
        LibTorch.start();
        Map<String, float[]> first = new InitialWeights(shape, new Random(learning.seed())).draw();
        try (TaggerNetwork network = new TaggerNetwork(shape, from == null ? first : from.network(), true);
                TaggerNetwork average = new TaggerNetwork(shape, from == null ? first : from.average(), false);
                Learner learner = new Learner(network, shape, learning)) {
            return learn(network, average, learner, from, keeper);
        }
    }

    private TrainedWeights learn(
            TaggerNetwork network,
            TaggerNetwork average,
            Learner learner,
            @Nullable Progress from,
            @Nullable Consumer<Progress> keeper) {
        Random dropping = new Random();
        Random casing = new Random();
        BatchPacker packer = new BatchPacker(
                shape.words(),
                settings.network(),
                learning.wordDropout(),
                dropping,
                new NameSwap(
                        learning.nameSwap(),
                        learning.nouns(),
                        shape.layers(),
                        Stream.concat(data.gold().stream(), data.silver().stream())
                                .toList()));
        DocumentStreams streams =
                new DocumentStreams(documents, learning.streams(), document -> view(casing.nextDouble()));
        NetworkTagger tagger = new NetworkTagger(average, shape);
        if (from != null) {
            done = from.done();
            steps = from.steps();
            best = from.best();
            learner.restore(from.learner());
            streams.restore(from.documents());
        }
        for (int epoch = from == null ? 1 : from.epoch() + 1; epoch <= learning.epochs(); epoch++) {
            dropping.setSeed(Seeds.WORD_DROPOUT.of(learning.seed(), epoch));
            casing.setSeed(Seeds.CASING.of(learning.seed(), epoch));
            LibTorch.seed(Seeds.DROPOUT.of(learning.seed(), epoch));
            long start = System.nanoTime();
            long before = documents.end(epoch - 1);
            long end = documents.end(epoch);
            double loss = 0;
            int epochSteps = 0;
            while (done < end && !stop.getAsBoolean()) {
                List<Turn> turns = streams.next();
                double progress = (epoch - 1 + (double) (done - before) / (end - before)) / learning.epochs();
                double stepLoss = learner.step(packer.pack(turns), progress);
                steps++;
                average.follow(network, Math.min(learning.averaging(), (double) steps / (RAMP + steps)));
                done += turns.size();
                loss += stepLoss;
                epochSteps++;
                listener.advanced(done, stepLoss);
            }
            boolean whole = done >= end;
            double share = whole ? 1 : (double) (done - before) / (end - before);
            evaluate(epoch, share, loss / Math.max(1, epochSteps), average, tagger, start);
            if (keeper != null && whole && epoch < learning.epochs()) {
                keeper.accept(new Progress(
                        epoch,
                        done,
                        steps,
                        network.weights(),
                        average.weights(),
                        best,
                        learner.state(),
                        streams.position()));
            }
            if (!whole || (stop.getAsBoolean() && epoch < learning.epochs())) {
                listener.stopped();
                return new TrainedWeights(shape, best.byName(), best.epoch(), true);
            }
        }
        return new TrainedWeights(shape, best.byName(), best.epoch(), false);
    }

    /** @param drawn from 0 to below 1 */
    private View view(double drawn) {
        if (drawn < learning.lowercaseShare()) {
            return View.LOWER_CASE;
        }
        return drawn < learning.lowercaseShare() + learning.lowerNamesShare() ? View.LOWER_NAMES : View.AS_WRITTEN;
    }

    private void evaluate(
            int epoch, double share, double loss, TaggerNetwork average, NetworkTagger tagger, long start) {
        double[] accuracy =
                NetworkTagger.accuracy(tagger.tag(data.dev()), shape.layers().size());
        boolean better = accuracy[0] > best.accuracy();
        if (better || best.byName().isEmpty()) {
            best = new Progress.Best(average.weights(), accuracy[0], epoch);
        }
        Map<String, Double> byLayer = new LinkedHashMap<>();
        for (int layer = 0; layer < accuracy.length; layer++) {
            LabelLayer labels = shape.layers().get(layer);
            byLayer.put(labels.name(), accuracy[layer]);
        }
        double seconds = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
        listener.epochEnded(new EpochReport(epoch, share, loss, byLayer, seconds, better));
    }
}
