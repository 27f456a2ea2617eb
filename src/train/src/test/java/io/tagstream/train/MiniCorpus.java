package io.tagstream.train;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.Cell;
import io.tagstream.recipe.CorpusFiles;
import io.tagstream.recipe.LearningSettings;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import java.nio.file.Path;
import java.util.List;

/** The small corpus of this project's own sentences, and settings that suit it. */
public final class MiniCorpus {
    static final Path FILE = Path.of("src/it/src/test/resources/corpus/mini.conllu");
    public static final NetworkSettings SMALL = network(Cell.LSTM, 1, 16, 0, 1, false, 8, 4);

    private MiniCorpus() {}

    public static NetworkSettings network(
            Cell cell,
            int layers,
            int hidden,
            int backwardHidden,
            int lookAhead,
            boolean window,
            int wordWidth,
            int affixWidth) {
        return new NetworkSettings(
                cell,
                layers,
                hidden,
                backwardHidden,
                lookAhead,
                window,
                wordWidth,
                "prefix 2,suffix 1,suffix 3,shape",
                affixWidth,
                1000);
    }

    public static List<LabelledSentence> sentences() {
        return ConlluReader.read(FILE);
    }

    public static LearningSettings epochs(int epochs) {
        return learning(epochs).build();
    }

    public static LearningSettings.Builder learning(int epochs) {
        return LearningSettings.builder()
                .epochs(epochs)
                .seed(5)
                .streams(4)
                .learningRate(1e-2)
                .dropout(0.1)
                .wordDropout(0.2)
                .lowercaseShare(0.2)
                .nameSwap(0.2)
                .averaging(0.9);
    }

    /** Nothing is left out or looks otherwise, and the weights are not averaged. */
    public static LearningSettings.Builder plain(int epochs) {
        return learning(epochs)
                .dropout(0)
                .wordDropout(0)
                .lowercaseShare(0)
                .nameSwap(0)
                .averaging(0);
    }

    public static TrainSettings settings(
            Path out, NetworkSettings network, LearningSettings learning, Precision precision) {
        ModelIdentity identity = new ModelIdentity("mini", "en", "ud-english", precision, "mini", "", "");
        return new TrainSettings(new CorpusFiles(FILE, FILE), null, List.of(), out, identity, network, learning);
    }
}
