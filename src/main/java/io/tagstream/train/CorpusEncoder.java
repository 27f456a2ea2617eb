package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.SentenceTagger;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns a corpus into documents of {@link Piece}s, cut where tagging cuts. */
final class CorpusEncoder {
    private final List<LabelLayer> layers;
    private final FeatureExtractor features;

    CorpusEncoder(List<FeatureColumn> columns, List<LabelLayer> layers, int lookAhead) {
        this.layers = layers;
        this.features = new FeatureExtractor(columns, lookAhead);
    }

    List<List<Piece>> documents(List<LabelledSentence> corpus) {
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
        int[][] ids = features.ids(forms.stream().map(Token::of).toList());
        int[][] lowerIds = features.ids(forms.stream()
                .map(form -> Token.of(form.toLowerCase(Locale.ROOT)))
                .toList());
        return new Piece(index, from, ids, Arrays.deepEquals(ids, lowerIds) ? ids : lowerIds, labels, beginsDocument);
    }
}
