package io.tagstream.train;

import io.tagstream.encode.CorpusEncoder;
import io.tagstream.encode.LabelLayers;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Piece;
import io.tagstream.encode.SilverLabels;
import io.tagstream.encode.Teachers;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import io.tagstream.words.AffixColumns;
import io.tagstream.words.WordTable;
import io.tagstream.words.WordVectors;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run learns from, as numbers.
 *
 * @param shape the network's, which vocabulary and labels follow from
 * @param gold the training corpus, with what teachers say of it
 * @param silver what a machine labelled
 * @param dev what picks the best epoch
 */
record TrainingData(NetworkShape shape, List<List<Piece>> gold, List<List<Piece>> silver, List<List<Piece>> dev) {
    /** A longer document is learned from in parts, so that no stream keeps to one for most of an epoch. */
    private static final int MOST_PIECES = 400;

    /** @throws TrainingException if the corpora lack labels, or teachers do not fit them */
    static TrainingData of(TrainSettings settings, Corpora corpora, WordVectors vectors) {
        NetworkShape shape = shape(settings, corpora, vectors);
        requireLabels(corpora, shape.layers().get(0).name());
        CorpusEncoder encoder = new CorpusEncoder(shape, settings.learning().nouns());
        List<List<Piece>> gold = encoder.documents(corpora.train());
        if (!settings.teachers().isEmpty()) {
            gold = new Teachers(settings.teachers(), shape.layers()).teach(gold, corpora.train());
        }
        List<List<Piece>> silver = encoder.documents(corpora.silver());
        if (!silver.isEmpty()) {
            silver = new SilverLabels(shape.layers()).teach(silver, corpora.silver());
        }
        int most = settings.learning().carry() ? MOST_PIECES : 1;
        return new TrainingData(shape, cut(gold, most), cut(silver, most), encoder.documents(corpora.dev()));
    }

    private static NetworkShape shape(TrainSettings settings, Corpora corpora, WordVectors vectors) {
        NetworkSettings network = settings.network();
        WordTable words = WordTable.of(
                WordTable.count(corpora.train()),
                WordTable.count(corpora.silver()),
                vectors,
                network.wordWidth(),
                network.words());
        List<FeatureColumn> columns = new ArrayList<>(List.of(words.column()));
        columns.addAll(AffixColumns.of(corpora.learned(), network.affixes()));
        List<LabelLayer> layers =
                LabelLayers.of(corpora.train(), settings.corpora().layerNames());
        return new NetworkShape(network, words, columns, layers);
    }

    /** Said now rather than after training. */
    private static void requireLabels(Corpora corpora, String layer) {
        if (corpora.dev().stream().noneMatch(sentence -> sentence.labels().containsKey(layer))) {
            throw new TrainingException(
                    "the dev corpus has no '" + layer
                            + "' labels, which the best epoch is picked by; give one that is labelled like the training corpus");
        }
    }

    /** Documents of at most so many pieces. */
    private static List<List<Piece>> cut(List<List<Piece>> documents, int most) {
        List<List<Piece>> parts = new ArrayList<>();
        for (List<Piece> document : documents) {
            for (int from = 0; from < document.size(); from += most) {
                parts.add(document.subList(from, Math.min(document.size(), from + most)));
            }
        }
        return parts;
    }
}
