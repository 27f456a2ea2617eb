package io.tagstream.train;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trains a model: corpora and vectors in, one checked {@code .onnx} file out. The same settings and seed give the same file on
 * the same machine. Works on the calling thread; one training at a time in a process, libtorch's generator being shared.
 */
public final class Trainer {
    private Trainer() {}

    /**
     * Trains from the files that the settings name. Ctrl-C and SIGTERM end it early with the best so far saved.
     *
     * @throws io.tagstream.data.CorpusException if a corpus cannot be read
     * @throws TrainingException if vectors cannot be read, training diverges, or the export does not agree with the trainer
     */
    public static TrainReport train(TrainSettings settings, TrainListener listener) {
        try (StopSignals stop = new StopSignals()) {
            return train(
                    settings, ConlluReader.read(settings.train()), ConlluReader.read(settings.dev()), listener, stop);
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
        TrainingRun run = new TrainingRun(settings, train, dev, vectors(settings, train), listener, stop);
        TrainReport report = new ModelSaver(settings, run.learn(), dev).save();
        listener.saved(report);
        return report;
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
