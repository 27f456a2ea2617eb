package io.tagstream.train;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training run.
 *
 * @param train the training corpus, CoNLL-U
 * @param dev the development corpus that picks the best epoch, CoNLL-U
 * @param vectors pre-trained word vectors ({@link VectorFile}), or none
 * @param teachers model files with the same labels whose averaged probabilities are learned beside the labels, or none
 * @param out the model file to write
 * @param identity what the file says of itself
 * @param network the network's shape
 * @param learning how to learn
 */
public record TrainSettings(
        Path train,
        Path dev,
        @Nullable Path vectors,
        List<Path> teachers,
        Path out,
        ModelIdentity identity,
        NetworkSettings network,
        LearningSettings learning) {
    public TrainSettings {
        teachers = List.copyOf(teachers);
    }
}
