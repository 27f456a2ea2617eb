package io.tagstream.train;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import java.util.ArrayList;
import java.util.List;

/**
 * The text to learn from.
 *
 * @param train the training corpus
 * @param dev the corpus that picks the best epoch
 * @param silver what a machine labelled; may be empty
 */
record Corpora(List<LabelledSentence> train, List<LabelledSentence> dev, List<LabelledSentence> silver) {
    /** @throws io.tagstream.data.CorpusException if one cannot be read */
    static Corpora read(CorpusFiles files) {
        List<LabelledSentence> train = ConlluReader.read(files.train());
        List<LabelledSentence> dev = ConlluReader.read(files.dev());
        List<LabelledSentence> silver = new ArrayList<>();
        files.silver().forEach(file -> silver.addAll(ConlluReader.read(file)));
        return new Corpora(train, dev, silver);
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
