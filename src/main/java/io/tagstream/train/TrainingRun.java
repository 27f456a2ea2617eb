package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
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

    private final TrainSettings settings;
    private final LearningSettings learning;
    private final TrainListener listener;
    private final BooleanSupplier stop;
    private final NetworkShape shape;
    private final List<List<Piece>> train;
    private final List<List<Piece>> dev;
    private final long pieces;
    private Map<String, float[]> best = Map.of();
    private double bestAccuracy = -1;
    private int bestEpoch;

    /** @param vectors pre-trained word vectors, or {@link WordVectors#NONE} */
    TrainingRun(
            TrainSettings settings,
            List<LabelledSentence> trainCorpus,
            List<LabelledSentence> devCorpus,
            WordVectors vectors,
            TrainListener listener,
            BooleanSupplier stop) {
        this.settings = settings;
        this.learning = settings.learning();
        this.listener = listener;
        this.stop = stop;
        WordTable words = WordTable.of(
                WordTable.count(trainCorpus),
                vectors,
                settings.network().wordWidth(),
                settings.network().words());
        List<FeatureColumn> columns = new ArrayList<>(List.of(words.column()));
        columns.addAll(AffixColumns.of(trainCorpus, settings.network().affixes()));
        this.shape = new NetworkShape(
                settings.network(),
                words,
                columns,
                LabelLayers.of(trainCorpus),
                learning.auxiliary() > 0 ? LabelLayers.auxiliary(trainCorpus) : List.of());
        requireLabels(devCorpus, shape.layers().get(0).name());
        CorpusEncoder encoder = new CorpusEncoder(shape);
        List<List<Piece>> documents = encoder.documents(trainCorpus);
        if (!settings.teachers().isEmpty()) {
            documents = new Teachers(settings.teachers(), shape.layers()).teach(documents, trainCorpus);
        }
        this.train = learning.carry() ? documents : apart(documents);
        this.dev = encoder.documents(devCorpus);
        this.pieces = train.stream().mapToLong(List::size).sum();
        listener.started(
                trainCorpus.size(),
                trainCorpus.stream().mapToInt(LabelledSentence::size).sum(),
                words.column().vocabulary().size(),
                pieces * learning.epochs());
    }

    /** Said now rather than after training. */
    private static void requireLabels(List<LabelledSentence> devCorpus, String layer) {
        if (devCorpus.stream().noneMatch(sentence -> sentence.labels().containsKey(layer))) {
            throw new TrainingException(
                    "the dev corpus has no '" + layer
                            + "' labels, which the best epoch is picked by; give one that is labelled like the training corpus");
        }
    }

    private static List<List<Piece>> apart(List<List<Piece>> documents) {
        return documents.stream().flatMap(List::stream).map(List::of).toList();
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
                shuffled(), learning.streams(), document -> casing.nextDouble() < learning.lowercaseShare());
        NetworkTagger tagger = new NetworkTagger(average, shape);
        long total = pieces * learning.epochs();
        long done = 0;
        long steps = 0;
        for (int epoch = 1; epoch <= learning.epochs(); epoch++) {
            long start = System.nanoTime();
            double loss = 0;
            int epochSteps = 0;
            while (done < pieces * epoch && !stop.getAsBoolean()) {
                List<Turn> turns = streams.next();
                double stepLoss = learner.step(packer.pack(turns), (double) done / total);
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

    /** The documents, over and over: each epoch's in an order of its own. */
    private Iterator<List<Piece>> shuffled() {
        Random order = new Random(learning.seed() + 3);
        return new Iterator<>() {
            private final List<List<Piece>> documents = new ArrayList<>(train);
            private int epochs;
            private int next = documents.size();

            @Override
            public boolean hasNext() {
                return next < documents.size() || epochs < learning.epochs();
            }

            @Override
            public List<Piece> next() {
                if (next == documents.size()) {
                    Collections.shuffle(documents, order);
                    epochs++;
                    next = 0;
                }
                return documents.get(next++);
            }
        };
    }
}
