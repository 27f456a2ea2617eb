package io.tagstream.network;

import io.tagstream.batch.BatchPacker;
import io.tagstream.batch.DocumentStreams;
import io.tagstream.batch.PackedBatch;
import io.tagstream.encode.NetworkShape;
import io.tagstream.encode.Piece;
import io.tagstream.encode.Turn;
import io.tagstream.encode.View;
import io.tagstream.recipe.NetworkSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tags documents with the network as it stands in libtorch, the state running through each document. */
@SuppressWarnings("try") // scopes are opened for what closing them frees
public final class NetworkTagger {
    private static final int STREAMS = 64;

    private final TaggerNetwork network;
    private final NetworkShape shape;
    private final BatchPacker packer;

    public NetworkTagger(TaggerNetwork network, NetworkShape shape) {
        this.network = network;
        this.shape = shape;
        this.packer = new BatchPacker(shape.words(), shape.settings(), 0, RandomGenerator.getDefault(), null);
    }

    /**
     * The probabilities of a piece's labels.
     *
     * @param piece the piece
     * @param byLayer {@code [label layers][T * labels]}
     */
    public record Tagged(Piece piece, float[][] byLayer) {
        public float probability(int layer, int token, int label) {
            return byLayer[layer][token * labels(layer) + label];
        }

        int best(int layer, int token) {
            int best = 0;
            for (int label = 1; label < labels(layer); label++) {
                best = probability(layer, token, label) > probability(layer, token, best) ? label : best;
            }
            return best;
        }

        private int labels(int layer) {
            return byLayer[layer].length / piece.length();
        }
    }

    /** In no particular order. */
    public List<Tagged> tag(List<List<Piece>> documents) {
        NetworkSettings settings = shape.settings();
        StreamStates h = new StreamStates(STREAMS, settings.layers(), settings.hidden());
        StreamStates c = new StreamStates(STREAMS, settings.layers(), settings.hidden());
        DocumentStreams streams = new DocumentStreams(documents.iterator(), STREAMS, document -> View.AS_WRITTEN);
        List<Tagged> tagged = new ArrayList<>();
        for (List<Turn> turns = streams.next(); !turns.isEmpty(); turns = streams.next()) {
            PackedBatch batch = packer.pack(turns);
            try (PointerScope scope = new PointerScope();
                    AutoGradMode noGradients = new AutoGradMode(false)) {
                NetworkOutput output = network.forward(batch, h.gather(batch.turns()), c.gather(batch.turns()), 0);
                h.scatter(batch.turns(), LibTorch.values(output.h()));
                c.scatter(batch.turns(), LibTorch.values(output.c()));
                split(batch, output.logits(), tagged);
            }
        }
        return tagged;
    }

    private static void split(PackedBatch batch, List<Tensor> logits, List<Tagged> tagged) {
        List<float[]> probabilities = new ArrayList<>();
        for (Tensor layer : logits) {
            probabilities.add(LibTorch.values(torch.softmax(layer, 1)));
        }
        int token = 0;
        for (Turn turn : batch.turns()) {
            int length = turn.piece().length();
            float[][] byLayer = new float[logits.size()][];
            for (int layer = 0; layer < byLayer.length; layer++) {
                float[] all = probabilities.get(layer);
                int labels = all.length / batch.tokens();
                byLayer[layer] = new float[length * labels];
                System.arraycopy(all, token * labels, byLayer[layer], 0, length * labels);
            }
            tagged.add(new Tagged(turn.piece(), byLayer));
            token += length;
        }
    }

    /** By label layer, the percentage of labelled tokens tagged right; NaN for a layer that no token has a label of. */
    public static double[] accuracy(List<Tagged> tagged, int layers) {
        double[] accuracy = new double[layers];
        for (int layer = 0; layer < layers; layer++) {
            int right = 0;
            int all = 0;
            for (Tagged piece : tagged) {
                int[] gold = piece.piece().labels()[layer];
                for (int t = 0; t < gold.length && gold[t] != Piece.NO_LABEL; t++) {
                    right += piece.best(layer, t) == gold[t] ? 1 : 0;
                    all++;
                }
            }
            accuracy[layer] = 100.0 * right / all;
        }
        return accuracy;
    }
}
