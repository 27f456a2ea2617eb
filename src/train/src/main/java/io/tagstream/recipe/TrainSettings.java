package io.tagstream.recipe;

import io.tagstream.words.VectorFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One training run.
 *
 * @param corpora where the text to learn from lies
 * @param vectors pre-trained word vectors ({@link VectorFile}), or none
 * @param teachers model files with the same labels whose averaged probabilities are learned beside the labels, or none
 * @param out the model file to write
 * @param identity what the file says of itself
 * @param network the network's shape
 * @param learning how to learn
 */
public record TrainSettings(
        CorpusFiles corpora,
        @Nullable Path vectors,
        List<Path> teachers,
        Path out,
        ModelIdentity identity,
        NetworkSettings network,
        LearningSettings learning) {
    public TrainSettings {
        teachers = List.copyOf(teachers);
    }

    /** The same for the network with the other cell, from the labels alone. */
    public TrainSettings withOtherCell() {
        return new TrainSettings(corpora, vectors, List.of(), out, identity, network.withOtherCell(), learning);
    }
}
