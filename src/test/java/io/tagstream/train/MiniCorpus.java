package io.tagstream.train;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.Cell;
import java.nio.file.Path;
import java.util.List;

/** The small corpus of this project's own sentences, and settings that suit it. */
final class MiniCorpus {
    static final Path FILE = Path.of("src/test/resources/corpus/mini.conllu");
    static final NetworkSettings SMALL = network(Cell.LSTM, 1, 16, 0, 1, false, 8, 4);

    private MiniCorpus() {}

    static NetworkSettings network(
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

    static List<LabelledSentence> sentences() {
        return ConlluReader.read(FILE);
    }

    static LearningSettings epochs(int epochs) {
        return new LearningSettings(epochs, 5, 4, true, 1e-2, 0.1, 0.2, 0.2, 0.2, 5, 0.7, 0.5, 0.9);
    }

    static TrainSettings settings(Path out, NetworkSettings network, LearningSettings learning, Precision precision) {
        ModelIdentity identity = new ModelIdentity("mini", "en", "ud-english", precision, "mini", "", "");
        return new TrainSettings(FILE, FILE, null, List.of(), out, identity, network, learning);
    }
}
