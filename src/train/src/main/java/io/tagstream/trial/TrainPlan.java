package io.tagstream.trial;

import io.tagstream.recipe.CorpusFiles;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.TrainSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Settings for trainings from corpora in memory. */
public final class TrainPlan {
    private TrainPlan() {}

    /** As the trainer does it by default. */
    public static LearningSettings usual(int epochs, long seed, boolean carry) {
        return LearningSettings.builder().epochs(epochs).seed(seed).carry(carry).build();
    }

    /** For a task of symbols: nothing is dropped and no case changed. */
    static LearningSettings plain(int epochs, long seed, int streams, double rate, double averaging) {
        return LearningSettings.builder()
                .epochs(epochs)
                .seed(seed)
                .streams(streams)
                .learningRate(rate)
                .dropout(0)
                .wordDropout(0)
                .lowercaseShare(0)
                .averaging(averaging)
                .build();
    }

    /** The corpora are in memory: their files are not named. */
    public static TrainSettings of(
            @Nullable Path vectors,
            Path out,
            ModelIdentity identity,
            NetworkSettings network,
            LearningSettings learning) {
        CorpusFiles none = new CorpusFiles(Path.of(""), Path.of(""));
        return new TrainSettings(none, vectors, List.of(), out, identity, network, learning);
    }
}
