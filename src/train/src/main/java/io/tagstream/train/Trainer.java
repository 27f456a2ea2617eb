package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.page.RunPage;
import io.tagstream.page.RunPageFiles;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.result.ModelSaver;
import io.tagstream.result.TrainReport;
import io.tagstream.result.TrainedWeights;
import io.tagstream.text.UsageException;
import io.tagstream.words.VectorFile;
import io.tagstream.words.WordTable;
import io.tagstream.words.WordVectors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Trains a model: corpora and vectors in, one checked {@code .onnx} file out. The same settings and seed give the same file on
 * the same machine. Works on the calling thread; one training at a time in a process, libtorch's generator being shared.
 */
public final class Trainer {
    private static final int COMPARED_STEPS = 150;

    private Trainer() {}

    /**
     * Trains from the files that the settings name, to the last epoch and with no page.
     *
     * @throws io.tagstream.data.CorpusException if a corpus cannot be read
     * @throws TrainingException if vectors cannot be read, training diverges, or the export does not agree with the trainer
     */
    public static TrainReport train(TrainSettings settings, TrainListener listener) {
        return train(settings, null, false, listener, () -> false);
    }

    /**
     * The same, with a page about the run, and perhaps going on with a training that was broken off. The end of each epoch leaves a {@link
     * #checkpoint}, which is removed when the model is saved after the last epoch; a training that goes on from it gives the file that it would
     * have given unbroken.
     *
     * @param page the HTML file to write, or null for none; its figures go into the folder beside it that is named after it
     * @param resume whether to go on from the checkpoint
     * @param stop asked before each step; true ends training with the best so far saved
     * @throws UsageException if there is no checkpoint to go on from, or it is of other settings or corpora
     * @throws TrainingException also if it is damaged
     */
    public static TrainReport train(
            TrainSettings settings, @Nullable Path page, boolean resume, TrainListener listener, BooleanSupplier stop) {
        CheckpointFile file = new CheckpointFile(checkpoint(settings.out()));
        Checkpoint from = resume ? file.read() : null;
        return train(settings, Corpora.read(settings.corpora()), page, new Keeping(file, from), listener, stop);
    }

    /** The file beside a model that its training can be gone on with from; it is there while the training is not finished. */
    public static Path checkpoint(Path model) {
        return model.resolveSibling(model.getFileName() + ".checkpoint");
    }

    /**
     * Trains from corpora in memory, and from nothing that a machine labelled. It leaves no checkpoint.
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
        return train(settings, new Corpora(train, dev, List.of()), null, null, listener, stop);
    }

    /**
     * What becomes of checkpoints.
     *
     * @param file where they are kept
     * @param from the one to go on from, or null to start
     */
    record Keeping(CheckpointFile file, @Nullable Checkpoint from) {}

    /** @param keeping null for no checkpoints */
    public static TrainReport train(
            TrainSettings settings,
            Corpora corpora,
            @Nullable Path page,
            @Nullable Keeping keeping,
            TrainListener listener,
            BooleanSupplier stop) {
        requireCommonLabels(corpora);
        WordVectors vectors = vectors(settings, corpora);
        LearningCurve curve = new LearningCurve(listener);
        TrainedWeights trained = keeping == null
                ? new TrainingRun(settings, corpora, vectors, curve, stop).learn()
                : learn(settings, corpora, vectors, keeping, curve, stop);
        TrainReport report = new ModelSaver(settings, trained, corpora.dev()).save();
        if (keeping != null && !trained.stopped()) {
            keeping.file().delete();
        }
        if (page != null) {
            int steps = stop.getAsBoolean() ? 0 : COMPARED_STEPS;
            TrainedWeights other = otherCell(settings, corpora, vectors, steps, stop);
            RunPageFiles.write(
                    page, new RunPage(settings, trained, report, corpora.dev()).write(curve.epochs(), other, steps));
        }
        listener.saved(report);
        return report;
    }

    /** A dev corpus of other labels could pick no epoch. */
    private static void requireCommonLabels(Corpora corpora) {
        Set<String> known = labels(corpora.train());
        Set<String> ofDev = labels(corpora.dev());
        if (!known.isEmpty() && !ofDev.isEmpty() && ofDev.stream().noneMatch(known::contains)) {
            throw new TrainingException(
                    "the training corpus has none of the labels of the dev corpus: check the columns (--layer) of both");
        }
    }

    private static Set<String> labels(List<LabelledSentence> corpus) {
        return corpus.stream()
                .flatMap(sentence -> sentence.labels().values().stream())
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static TrainedWeights learn(
            TrainSettings settings,
            Corpora corpora,
            WordVectors vectors,
            Keeping keeping,
            LearningCurve curve,
            BooleanSupplier stop) {
        CheckpointFile file = keeping.file();
        Checkpoint from = keeping.from();
        Map<String, String> fingerprint = RunFingerprint.of(settings, corpora, vectors);
        if (from != null) {
            requireSame(from.run(), fingerprint, file.path());
        }
        TrainingRun run = new TrainingRun(settings, corpora, vectors, curve, stop);
        if (from != null) {
            curve.resumed(from.epochs());
        }
        return run.learn(
                from == null ? null : from.progress(),
                progress -> file.write(new Checkpoint(fingerprint, curve.epochs(), progress)));
    }

    private static void requireSame(Map<String, String> then, Map<String, String> now, Path file) {
        List<String> differences = RunFingerprint.differences(then, now);
        if (!differences.isEmpty()) {
            throw new UsageException("the checkpoint " + file + " is of another training: "
                    + String.join(", ", differences) + "; train as then, or leave --resume out to start over");
        }
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
