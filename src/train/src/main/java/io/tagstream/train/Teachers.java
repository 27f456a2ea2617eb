package io.tagstream.train;

import io.tagstream.data.LabelledSentence;
import io.tagstream.infer.HiddenState;
import io.tagstream.infer.LabelWeigher;
import io.tagstream.infer.TaggerModel;
import io.tagstream.infer.Weighed;
import io.tagstream.model.LabelLayer;
import io.tagstream.text.Token;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Models that a smaller one learns from (Hinton, Vinyals and Dean 2015): the mean of their probabilities for every token of the training
 * corpus, as written and in lower case, each document read from its start as a stream is.
 */
final class Teachers {
    private final List<Path> files;
    private final List<LabelLayer> layers;

    /** @param layers the label layers of the model to train */
    Teachers(List<Path> files, List<LabelLayer> layers) {
        this.files = files;
        this.layers = layers;
    }

    /**
     * The documents with what the teachers say of them.
     *
     * @throws TrainingException if a teacher lacks a layer or has other labels
     */
    List<List<Piece>> teach(List<List<Piece>> documents, List<LabelledSentence> corpus) {
        List<float[][]> asWritten = zeros(documents);
        List<float[][]> inLowerCase = zeros(documents);
        for (Path file : files) {
            try (TaggerModel teacher = TaggerModel.open(file)) {
                require(teacher, file);
                add(teacher, documents, corpus, false, asWritten);
                add(teacher, documents, corpus, true, inLowerCase);
            }
        }
        List<List<Piece>> taught = new ArrayList<>();
        int at = 0;
        for (List<Piece> document : documents) {
            List<Piece> pieces = new ArrayList<>();
            for (Piece piece : document) {
                pieces.add(piece.taught(
                        new DenseLabels(asWritten.get(at), piece.length()),
                        new DenseLabels(inLowerCase.get(at), piece.length())));
                at++;
            }
            taught.add(pieces);
        }
        return taught;
    }

    private List<float[][]> zeros(List<List<Piece>> documents) {
        List<float[][]> zeros = new ArrayList<>();
        for (List<Piece> document : documents) {
            for (Piece piece : document) {
                float[][] byLayer = new float[layers.size()][];
                for (int layer = 0; layer < byLayer.length; layer++) {
                    byLayer[layer] =
                            new float[piece.length() * layers.get(layer).tags().size()];
                }
                zeros.add(byLayer);
            }
        }
        return zeros;
    }

    private void require(TaggerModel teacher, Path file) {
        for (LabelLayer layer : layers) {
            boolean same = teacher.contract().labelLayers().stream()
                    .anyMatch(other -> other.name().equals(layer.name())
                            && other.tags().labels().equals(layer.tags().labels()));
            if (!same) {
                throw new TrainingException("the teacher " + file + " has no layer '" + layer.name()
                        + "' of the training corpus's labels; train it on the same corpus");
            }
        }
    }

    private void add(
            TaggerModel teacher,
            List<List<Piece>> documents,
            List<LabelledSentence> corpus,
            boolean lowerCase,
            List<float[][]> sums) {
        int at = 0;
        List<String> names = layers.stream().map(LabelLayer::name).toList();
        try (LabelWeigher weigher = teacher.newWeigher(names)) {
            for (List<Piece> document : documents) {
                HiddenState state = HiddenState.zero(teacher.contract());
                for (Piece piece : document) {
                    Weighed weighed = weigher.weigh(tokens(piece, corpus, lowerCase), state);
                    for (int layer = 0; layer < layers.size(); layer++) {
                        add(weighed.probabilities()[layer], sums.get(at)[layer]);
                    }
                    state = weighed.next();
                    at++;
                }
            }
        }
    }

    private void add(float[][] probabilities, float[] sum) {
        int at = 0;
        for (float[] token : probabilities) {
            for (float probability : token) {
                sum[at] += probability / files.size();
                at++;
            }
        }
    }

    private static List<Token> tokens(Piece piece, List<LabelledSentence> corpus, boolean lowerCase) {
        return corpus.get(piece.sentence()).forms().subList(piece.offset(), piece.offset() + piece.length()).stream()
                .map(form -> Token.of(lowerCase ? form.toLowerCase(Locale.ROOT) : form))
                .toList();
    }
}
