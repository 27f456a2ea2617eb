package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.NetworkShape;
import io.tagstream.model.Cell;
import io.tagstream.network.GateActivity;
import io.tagstream.network.GradientFlow;
import io.tagstream.network.InitialWeights;
import io.tagstream.network.NetworkProbe;
import io.tagstream.recipe.CorpusFiles;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.result.EpochReport;
import io.tagstream.result.TrainedWeights;
import io.tagstream.words.WordVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * A small tagger to look into: trained in seconds and never written to a file, so that its weights, gates and gradients are at hand.
 * Works on the calling thread.
 */
public final class SmallTagger {
    private static final int AFFIX_WIDTH = 8;
    private static final int WORD_WIDTH = 24;
    private static final int STREAMS = 4;
    private static final double RATE = 5e-3;
    private static final double DROPOUT = 0.2;
    private static final double WORD_DROPOUT = 0.1;
    private static final double AVERAGING = 0.98;

    private final NetworkShape shape;
    private final Map<String, float[]> weights;
    private final Map<String, float[]> first;
    private final List<EpochReport> epochs;

    private SmallTagger(
            NetworkShape shape, Map<String, float[]> weights, Map<String, float[]> first, List<EpochReport> epochs) {
        this.shape = shape;
        this.weights = weights;
        this.first = first;
        this.epochs = List.copyOf(epochs);
    }

    /**
     * Trains on a corpus, and reports its accuracy on the same corpus.
     *
     * @param stop asked before each step; true ends training early
     */
    public static SmallTagger train(
            List<LabelledSentence> corpus, Cell cell, int hidden, int epochs, long seed, BooleanSupplier stop) {
        NetworkSettings network = new NetworkSettings(
                cell,
                1,
                hidden,
                0,
                0,
                false,
                WORD_WIDTH,
                NetworkSettings.DEFAULT_AFFIXES,
                AFFIX_WIDTH,
                NetworkSettings.DEFAULT_WORDS);
        LearningSettings learning = LearningSettings.builder()
                .epochs(epochs)
                .seed(seed)
                .streams(STREAMS)
                .learningRate(RATE)
                .dropout(DROPOUT)
                .wordDropout(WORD_DROPOUT)
                .lowercaseShare(0)
                .averaging(AVERAGING)
                .build();
        CorpusFiles none = new CorpusFiles(Path.of(""), Path.of(""));
        TrainSettings settings =
                new TrainSettings(none, null, List.of(), Path.of(""), ModelIdentity.DEFAULT, network, learning);
        List<EpochReport> reports = new ArrayList<>();
        TrainListener listener = new TrainListener() {
            @Override
            public void epochEnded(EpochReport report) {
                reports.add(report);
            }
        };
        TrainedWeights trained = new TrainingRun(
                        settings, new Corpora(corpus, corpus, List.of()), WordVectors.NONE, listener, stop)
                .learn();
        Map<String, float[]> first = new InitialWeights(trained.shape(), new Random(seed)).draw();
        return new SmallTagger(trained.shape(), trained.byName(), first, reports);
    }

    /** How the epochs went. */
    public List<EpochReport> epochs() {
        return epochs;
    }

    /** The gradient flow of the trained network over stretches of a corpus. */
    public GradientFlow flow(List<LabelledSentence> corpus) {
        return new NetworkProbe(shape, weights).flow(corpus);
    }

    /** The gradient flow with the weights before the first step. */
    public GradientFlow flowBeforeTraining(List<LabelledSentence> corpus) {
        return new NetworkProbe(shape, first).flow(corpus);
    }

    /** Reads sentences one after the other, the state running on where a sentence does not begin a document. LSTM only. */
    public List<GateActivity> gates(List<LabelledSentence> sentences) {
        return new NetworkProbe(shape, weights).gates(sentences);
    }
}
