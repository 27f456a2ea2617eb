package io.tagstream.encode;

import io.tagstream.data.LabelShares;
import io.tagstream.data.LabelledSentence;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.TrainingException;
import io.tagstream.text.TagSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a machine says of the silver corpus, in the labels of the model: labels that the model lacks are left out and the others make up
 * for them; a sentence of which nothing but labels is said has those for certain.
 */
public final class SilverLabels {
    private final List<LabelLayer> layers;
    private final List<Map<LabelShares, SparseLabels.Entry>> known = new ArrayList<>();

    /** @param layers the label layers of the model to train */
    public SilverLabels(List<LabelLayer> layers) {
        this.layers = layers;
        layers.forEach(layer -> known.add(new HashMap<>()));
    }

    /**
     * The documents with what the machine says of them.
     *
     * @throws TrainingException if it says nothing of the first layer
     */
    public List<List<Piece>> teach(List<List<Piece>> documents, List<LabelledSentence> corpus) {
        List<List<Piece>> taught = new ArrayList<>();
        boolean any = false;
        for (List<Piece> document : documents) {
            List<Piece> pieces = new ArrayList<>();
            for (Piece piece : document) {
                SparseLabels labels = labels(corpus.get(piece.sentence()), piece.offset(), piece.length());
                any |= Arrays.stream(labels.byLayer()[0]).anyMatch(entry -> entry.labels().length > 0);
                pieces.add(piece.silver(labels));
            }
            taught.add(pieces);
        }
        if (!any) {
            throw new TrainingException(
                    "the silver corpus has no '" + layers.get(0).name()
                            + "' labels that the training corpus has too; label it with a model that was trained on the same labels");
        }
        return taught;
    }

    private SparseLabels labels(LabelledSentence sentence, int offset, int length) {
        SparseLabels.Entry[][] byLayer = new SparseLabels.Entry[layers.size()][length];
        for (int layer = 0; layer < byLayer.length; layer++) {
            String name = layers.get(layer).name();
            List<LabelShares> soft = sentence.soft().get(name);
            List<String> hard = sentence.labels().get(name);
            for (int t = 0; t < length; t++) {
                LabelShares said = soft != null
                        ? soft.get(offset + t)
                        : hard != null ? LabelShares.certain(hard.get(offset + t)) : LabelShares.NONE;
                byLayer[layer][t] = entry(layer, said);
            }
        }
        return new SparseLabels(byLayer);
    }

    private SparseLabels.Entry entry(int layer, LabelShares said) {
        return known.get(layer)
                .computeIfAbsent(said, shares -> entry(layers.get(layer).tags(), shares));
    }

    private static SparseLabels.Entry entry(TagSet tags, LabelShares shares) {
        int[] kept = IntStream.range(0, shares.labels().size())
                .filter(i -> tags.index(shares.labels().get(i)) != TagSet.ABSENT)
                .toArray();
        int sum = Arrays.stream(kept).map(i -> shares.percents().get(i)).sum();
        float[] probabilities = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            probabilities[i] = (float) shares.percents().get(kept[i]) / sum;
        }
        int[] labels =
                Arrays.stream(kept).map(i -> tags.index(shares.labels().get(i))).toArray();
        return new SparseLabels.Entry(labels, probabilities);
    }
}
