package io.tagstream.train;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: corpora and vectors in, one checked {@code .onnx} file out. The same settings and seed give the same file on
 * the same machine. Works on the calling thread; one training at a time in a process, libtorch's generator being shared.
 */
public final class Trainer {
    private static final int COMPARED_STEPS = 150;

    private Trainer() {}

    /**
     * Trains from the files that the settings name. Ctrl-C and SIGTERM end it early with the best so far saved.
     *
     * @throws io.tagstream.data.CorpusException if a corpus cannot be read
     * @throws TrainingException if vectors cannot be read, training diverges, or the export does not agree with the trainer
     */
    public static TrainReport train(TrainSettings settings, TrainListener listener) {
        return train(settings, null, listener);
    }

    /**
     * The same, with a page about the run.
     *
     * @param page the HTML file to write; its figures go into the folder beside it that is named after it
     */
    public static TrainReport train(TrainSettings settings, @Nullable Path page, TrainListener listener) {
        try (StopSignals stop = new StopSignals()) {
            List<LabelledSentence> train = ConlluReader.read(settings.train());
            List<LabelledSentence> dev = ConlluReader.read(settings.dev());
            return train(settings, train, dev, page, listener, stop);
        }
    }

    /**
     * Trains from corpora in memory.
     *
     * @param train the training corpus
     * @param dev the corpus that picks the best epoch; needs the training corpus's first label layer
     * @param stop asked before each step; true ends training with the best so far saved
     * @throws TrainingException as above
     */
    public static TrainReport train(
            TrainSettings settings,
            List<LabelledSentence> train,
            List<LabelledSentence> dev,
            TrainListener listener,
            BooleanSupplier stop) {
        return train(settings, train, dev, null, listener, stop);
    }

    private static TrainReport train(
            TrainSettings settings,
            List<LabelledSentence> train,
            List<LabelledSentence> dev,
            @Nullable Path page,
            TrainListener listener,
            BooleanSupplier stop) {
        WordVectors vectors = vectors(settings, train);
        LearningCurve curve = new LearningCurve(listener);
        TrainedWeights trained = new TrainingRun(settings, train, dev, vectors, curve, stop).learn();
        TrainReport report = new ModelSaver(settings, trained, dev).save();
        if (page != null) {
            int steps = stop.getAsBoolean() ? 0 : COMPARED_STEPS;
            TrainedWeights other = otherCell(settings, train, dev, vectors, steps, stop);
            RunPageFiles.write(page, new RunPage(settings, trained, report, dev).write(curve.epochs(), other, steps));
        }
        listener.saved(report);
        return report;
    }

    /** The same network with the other cell, trained for some steps: what the page draws beside the trained one's gradient flow. */
    private static TrainedWeights otherCell(
            TrainSettings settings,
            List<LabelledSentence> train,
            List<LabelledSentence> dev,
            WordVectors vectors,
            int steps,
            BooleanSupplier stop) {
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier enough = () -> asked.getAndIncrement() >= steps || stop.getAsBoolean();
        TrainSettings other = new TrainSettings(
                settings.train(),
                settings.dev(),
                settings.vectors(),
                List.of(),
                settings.out(),
                settings.identity(),
                settings.network().withOtherCell(),
                settings.learning());
        return new TrainingRun(other, train, dev, vectors, TrainListener.SILENT, enough).learn();
    }

    private static WordVectors vectors(TrainSettings settings, List<LabelledSentence> train) {
        Path file = settings.vectors();
        return file == null
                ? WordVectors.NONE
                : VectorFile.read(
                        file,
                        WordTable.count(train).keySet(),
                        settings.network().words());
    }
}
