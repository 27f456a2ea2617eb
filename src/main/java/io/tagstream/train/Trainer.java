package io.tagstream.train;

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
            return train(settings, Corpora.read(settings.corpora()), page, listener, stop);
        }
    }

    /**
     * Trains from corpora in memory, and from nothing that a machine labelled.
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
        return train(settings, new Corpora(train, dev, List.of()), null, listener, stop);
    }

    private static TrainReport train(
            TrainSettings settings,
            Corpora corpora,
            @Nullable Path page,
            TrainListener listener,
            BooleanSupplier stop) {
        WordVectors vectors = vectors(settings, corpora);
        LearningCurve curve = new LearningCurve(listener);
        TrainedWeights trained = new TrainingRun(settings, corpora, vectors, curve, stop).learn();
        TrainReport report = new ModelSaver(settings, trained, corpora.dev()).save();
        if (page != null) {
            int steps = stop.getAsBoolean() ? 0 : COMPARED_STEPS;
            TrainedWeights other = otherCell(settings, corpora, vectors, steps, stop);
            RunPageFiles.write(
                    page, new RunPage(settings, trained, report, corpora.dev()).write(curve.epochs(), other, steps));
        }
        listener.saved(report);
        return report;
    }

    /** The same network with the other cell, trained for some steps: what the page draws beside the trained one's gradient flow. */
    private static TrainedWeights otherCell(
            TrainSettings settings, Corpora corpora, WordVectors vectors, int steps, BooleanSupplier stop) {
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier enough = () -> asked.getAndIncrement() >= steps || stop.getAsBoolean();
        return new TrainingRun(settings.withOtherCell(), corpora.withoutSilver(), vectors, TrainListener.SILENT, enough)
                .learn();
    }

    private static WordVectors vectors(TrainSettings settings, Corpora corpora) {
        Path file = settings.vectors();
        return file == null
                ? WordVectors.NONE
                : VectorFile.read(
                        file,
                        WordTable.count(corpora.learned()).keySet(),
                        settings.network().words());
    }
}
