package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Learns from a corpus, epoch by epoch, and keeps the weights that do best on the dev corpus (on its first label layer). Only
 * the seed is random: the order of documents, their case, dropped words and first weights come from generators of their own.
 */
final class TrainingRun {
    private static final double RAMP = 10;

    /** A longer document is learned from in parts. */
    private static final int MOST_PIECES = 400;

    private final TrainSettings settings;
    private final LearningSettings learning;
    private final TrainListener listener;
    private final BooleanSupplier stop;
    private final NetworkShape shape;
    private final List<List<Piece>> train;
    private final List<List<Piece>> silver;
    private final List<List<Piece>> dev;
    private final EpochDocuments documents;
    private Map<String, float[]> best = Map.of();
    private double bestAccuracy = -1;
    private int bestEpoch;

    /** @param vectors pre-trained word vectors, or {@link WordVectors#NONE} */
    TrainingRun(
            TrainSettings settings,
            Corpora corpora,
            WordVectors vectors,
            TrainListener listener,
            BooleanSupplier stop) {
        this.settings = settings;
        this.learning = settings.learning();
        this.listener = listener;
        this.stop = stop;
        this.shape = shape(settings, corpora, vectors);
        requireLabels(corpora.dev(), shape.layers().get(0).name());
        CorpusEncoder encoder = new CorpusEncoder(shape);
        List<List<Piece>> gold = encoder.documents(corpora.train());
        if (!settings.teachers().isEmpty()) {
            gold = new Teachers(settings.teachers(), shape.layers()).teach(gold, corpora.train());
        }
        this.train = cut(gold);
        this.silver = corpora.silver().isEmpty()
                ? List.of()
                : cut(new SilverLabels(shape.layers()).teach(encoder.documents(corpora.silver()), corpora.silver()));
        this.dev = encoder.documents(corpora.dev());
        this.documents = new EpochDocuments(
                train, silver, learning.silverShare(), learning.epochs(), new Random(learning.seed() + 3));
        listener.started(new RunSize(
                corpora.train().size(),
                Corpora.tokens(corpora.train()),
                corpora.silver().size(),
                Corpora.tokens(corpora.silver()),
                shape.words().column().vocabulary().size(),
                documents.expectedPieces() * learning.epochs()));
    }

    private static NetworkShape shape(TrainSettings settings, Corpora corpora, WordVectors vectors) {
        NetworkSettings network = settings.network();
        WordTable words = WordTable.of(
                WordTable.count(corpora.train()),
                WordTable.count(corpora.silver()),
                vectors,
                network.wordWidth(),
                network.words());
        List<FeatureColumn> columns = new ArrayList<>(List.of(words.column()));
        columns.addAll(AffixColumns.of(corpora.learned(), network.affixes()));
        List<LabelLayer> layers =
                LabelLayers.of(corpora.train(), settings.corpora().layerNames());
        return new NetworkShape(
                network,
                words,
                columns,
                layers,
                settings.learning().auxiliary() > 0 ? LabelLayers.auxiliary(corpora.train(), layers) : List.of());
    }

    /** Said now rather than after training. */
    private static void requireLabels(List<LabelledSentence> devCorpus, String layer) {
        if (devCorpus.stream().noneMatch(sentence -> sentence.labels().containsKey(layer))) {
            throw new TrainingException(
                    "the dev corpus has no '" + layer
                            + "' labels, which the best epoch is picked by; give one that is labelled like the training corpus");
        }
    }

    /** Into sentences where no state is carried, otherwise so that no stream keeps to one document for most of an epoch. */
    private List<List<Piece>> cut(List<List<Piece>> documents) {
        int most = learning.carry() ? MOST_PIECES : 1;
        List<List<Piece>> parts = new ArrayList<>();
        for (List<Piece> document : documents) {
            for (int from = 0; from < document.size(); from += most) {
                parts.add(document.subList(from, Math.min(document.size(), from + most)));
            }
        }
        return parts;
    }

    /** Learns until the last epoch or until asked to stop. */
    TrainedWeights learn() {
        LibTorch.start(learning.seed());
        Map<String, float[]> first = new InitialWeights(shape, new Random(learning.seed())).draw();
        try (TaggerNetwork network = new TaggerNetwork(shape, first, true);
                TaggerNetwork average = new TaggerNetwork(shape, first, false);
                Learner learner = new Learner(network, shape, learning)) {
            return learn(network, average, learner);
        }
    }

    private TrainedWeights learn(TaggerNetwork network, TaggerNetwork average, Learner learner) {
        BatchPacker packer = new BatchPacker(
                shape.words(),
                settings.network(),
                learning.wordDropout(),
                new Random(learning.seed() + 1),
                new NameSwap(learning.nameSwap(), shape.layers().get(0), train));
        Random casing = new Random(learning.seed() + 2);
        DocumentStreams streams = new DocumentStreams(
                documents, learning.streams(), document -> casing.nextDouble() < learning.lowercaseShare());
        NetworkTagger tagger = new NetworkTagger(average, shape);
        long done = 0;
        long steps = 0;
        for (int epoch = 1; epoch <= learning.epochs(); epoch++) {
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
            evaluate(epoch, loss / Math.max(1, epochSteps), average, tagger, start);
            if (stop.getAsBoolean()) {
                listener.stopped();
                return new TrainedWeights(shape, best, bestEpoch, true);
            }
        }
        return new TrainedWeights(shape, best, bestEpoch, false);
    }

    private void evaluate(int epoch, double loss, TaggerNetwork average, NetworkTagger tagger, long start) {
        double[] accuracy =
                NetworkTagger.accuracy(tagger.tag(dev), shape.layers().size());
        boolean better = accuracy[0] > bestAccuracy;
        if (better || best.isEmpty()) {
            bestAccuracy = accuracy[0];
            bestEpoch = epoch;
            best = average.weights();
        }
        Map<String, Double> byLayer = new LinkedHashMap<>();
        for (int layer = 0; layer < accuracy.length; layer++) {
            LabelLayer labels = shape.layers().get(layer);
            byLayer.put(labels.name(), accuracy[layer]);
        }
        double seconds = (double) (System.nanoTime() - start) / TimeUnit.SECONDS.toNanos(1);
        listener.epochEnded(new EpochReport(epoch, loss, byLayer, seconds, better));
    }
}
