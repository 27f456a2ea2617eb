package io.tagstream.encode;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.CorpusReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.TrainingException;
import io.tagstream.text.TagSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The label layers that a corpus has, with their labels in alphabetical order. */
public final class LabelLayers {
    /** What is learned where nobody says what. */
    private static final List<String> USUAL = List.of(ConlluReader.UPOS, ConlluReader.XPOS, CorpusReader.LABEL);

    private LabelLayers() {}

    /**
     * The layers to learn.
     *
     * @param names in their order, the first being the one that scores; none for those there are of UPOS, XPOS and the only label column
     * @throws TrainingException if one is nowhere in the corpus
     */
    public static List<LabelLayer> of(List<LabelledSentence> corpus, List<String> names) {
        List<LabelLayer> layers = new ArrayList<>();
        for (String name : names.isEmpty() ? USUAL : names) {
            TreeSet<String> labels = new TreeSet<>();
            for (LabelledSentence sentence : corpus) {
                labels.addAll(sentence.labels().getOrDefault(name, List.of()));
            }
            if (!labels.isEmpty()) {
                layers.add(new LabelLayer(name, new TagSet(List.copyOf(labels))));
            } else if (!names.isEmpty()) {
                throw new TrainingException(
                        "the training corpus has no '" + name + "' labels in all words of any sentence");
            }
        }
        if (layers.isEmpty()) {
            throw new TrainingException(
                    "the training corpus has neither UPOS nor XPOS labels in all words of any sentence");
        }
        return layers;
    }
}
