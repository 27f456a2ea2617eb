package io.tagstream.train;

import io.tagstream.data.CorpusException;
import io.tagstream.data.CorpusReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.data.LayerColumn;
import io.tagstream.recipe.CorpusFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The text to learn from.
 *
 * @param train the training corpus
 * @param dev the corpus that picks the best epoch
 * @param silver what a machine labelled; may be empty
 */
public record Corpora(List<LabelledSentence> train, List<LabelledSentence> dev, List<LabelledSentence> silver) {
    /** @throws CorpusException if one cannot be read, or the training corpus lacks a layer that is to be learned */
    static Corpora read(CorpusFiles files) {
        List<LabelledSentence> train = CorpusReader.read(files.train(), files.layers());
        files.layers().forEach(layer -> require(layer, train, files.train()));
        List<LabelledSentence> dev = CorpusReader.read(files.dev(), files.layers());
        files.layers().stream().limit(1).forEach(layer -> require(layer, dev, files.dev()));
        List<LabelledSentence> silver = new ArrayList<>();
        files.silver().forEach(file -> silver.addAll(CorpusReader.read(file, files.layers())));
        return new Corpora(train, dev, silver);
    }

    private static void require(LayerColumn layer, List<LabelledSentence> corpus, Path file) {
        if (corpus.stream().noneMatch(sentence -> sentence.labels().containsKey(layer.name()))) {
            throw new CorpusException(
                    file,
                    CorpusException.WHOLE_FILE,
                    "no sentence has '" + layer.column() + "' labels in all its words, of which the layer '"
                            + layer.name() + "' is to be learned");
        }
    }

    /** The same without what a machine labelled. */
    Corpora withoutSilver() {
        return new Corpora(train, dev, List.of());
    }

    /** Everything that is learned from. */
    List<LabelledSentence> learned() {
        List<LabelledSentence> learned = new ArrayList<>(train);
        learned.addAll(silver);
        return learned;
    }

    static int tokens(List<LabelledSentence> corpus) {
        return corpus.stream().mapToInt(LabelledSentence::size).sum();
    }
}
