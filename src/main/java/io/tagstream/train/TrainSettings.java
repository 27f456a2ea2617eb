package io.tagstream.train;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One training run.
 *
 * @param train the training corpus, CoNLL-U
 * @param dev the development corpus that picks the best epoch, CoNLL-U
 * @param vectors pre-trained word vectors ({@link VectorFile}), or none
 * @param out the model file to write
 * @param identity what the file says of itself
 * @param network the network's shape
 * @param learning how to learn
 */
public record TrainSettings(
        Path train,
        Path dev,
        @Nullable Path vectors,
        Path out,
        ModelIdentity identity,
        NetworkSettings network,
        LearningSettings learning) {}
