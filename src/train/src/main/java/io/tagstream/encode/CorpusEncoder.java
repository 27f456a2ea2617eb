package io.tagstream.encode;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.NounLabels;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns a corpus into documents of {@link Piece}s, cut where tagging cuts. */
public final class CorpusEncoder {
    private final List<LabelLayer> layers;
    private final int nameLabel;
    private final FeatureExtractor features;

    /** With the usual labels of names, which count only where names are to be shown in lower case. */
    public CorpusEncoder(NetworkShape shape) {
        this(shape, NounLabels.UNIVERSAL);
    }

    public CorpusEncoder(NetworkShape shape, NounLabels nouns) {
        this.nameLabel = shape.layers().get(0).tags().index(nouns.proper());
        this.layers = shape.layers();
        this.features = new FeatureExtractor(shape.columns(), shape.settings().lookAhead());
    }

    public List<List<Piece>> documents(List<LabelledSentence> corpus) {
        List<List<Piece>> documents = new ArrayList<>();
        for (int s = 0; s < corpus.size(); s++) {
            LabelledSentence sentence = corpus.get(s);
            if (sentence.beginsDocument() || documents.isEmpty()) {
                documents.add(new ArrayList<>());
            }
            List<Piece> document = documents.get(documents.size() - 1);
            for (int from = 0; from < sentence.size(); from += SentenceTagger.PIECE) {
                int to = Math.min(sentence.size(), from + SentenceTagger.PIECE);
                document.add(piece(s, sentence, from, to, document.isEmpty()));
            }
        }
        return documents;
    }

    private Piece piece(int index, LabelledSentence sentence, int from, int to, boolean beginsDocument) {
        List<String> forms = sentence.forms().subList(from, to);
        int[][] labels = new int[layers.size()][to - from];
        for (int layer = 0; layer < labels.length; layer++) {
            List<String> gold = sentence.labels().get(layers.get(layer).name());
            for (int t = from; t < to; t++) {
                labels[layer][t - from] =
                        gold == null ? Piece.NO_LABEL : layers.get(layer).tags().index(gold.get(t));
            }
        }
        return new Piece(index, from, ids(forms, labels[0]), labels, null, null, false, beginsDocument);
    }

    private FeatureIds ids(List<String> forms, int[] labels) {
        List<String> lower =
                forms.stream().map(form -> form.toLowerCase(Locale.ROOT)).toList();
        List<String> lowerNames = new ArrayList<>(forms);
        for (int t = 0; t < labels.length; t++) {
            if (labels[t] == nameLabel && nameLabel >= 0) {
                lowerNames.set(t, lower.get(t));
            }
        }
        int[][] written = ids(forms, new int[0][]);
        return new FeatureIds(written, ids(lower, written), ids(lowerNames, written));
    }

    /** Columns that are as in another view are one array: corpora are large. */
    private int[][] ids(List<String> forms, int[][] other) {
        int[][] ids = features.ids(forms.stream().map(Token::of).toList());
        for (int column = 0; column < other.length; column++) {
            if (Arrays.equals(ids[column], other[column])) {
                ids[column] = other[column];
            }
        }
        return ids;
    }
}
