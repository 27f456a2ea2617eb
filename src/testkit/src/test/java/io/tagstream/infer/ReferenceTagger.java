package io.tagstream.infer;

import io.tagstream.export.TaggerWeights;
import io.tagstream.export.Tensor;
import io.tagstream.model.Cell;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import java.util.Arrays;

/** The equations of the tagger in plain Java and double precision, from the weights in PyTorch's layout. */
final class ReferenceTagger {
    private final ModelContract contract;
    private final TaggerWeights weights;

    ReferenceTagger(ModelContract contract, TaggerWeights weights) {
        this.contract = contract;
        this.weights = weights;
    }

    /** What a call gives: {@code probabilities[layer][t][label]} and the states after, {@code [layers * hidden]}. */
    record Outcome(double[][][] probabilities, double[] h, double[] c) {}

    /** @param ids {@code [columns][T + look-ahead]} */
    Outcome run(int[][] ids, int length, HiddenState state) {
        int all = length + contract.lookAhead();
        double[][] embedded = new double[all][];
        for (int t = 0; t < all; t++) {
            embedded[t] = embedding(ids, t);
        }
        int hidden = contract.hidden();
        double[] hn = new double[contract.stateSize()];
        double[] cn = new double[contract.stateSize()];
        double[][] inputs = embedded;
        for (int layer = 0; layer < contract.layers(); layer++) {
            double[] h = new double[hidden];
            double[] c = new double[hidden];
            for (int unit = 0; unit < hidden; unit++) {
                h[unit] = state.h()[layer * hidden + unit];
                c[unit] = contract.cell() == Cell.LSTM ? state.c()[layer * hidden + unit] : 0;
            }
            double[][] outputs = new double[all][];
            for (int t = 0; t < all; t++) {
                h = advance("forward." + layer, inputs[t], h, c);
                outputs[t] = h;
            }
            System.arraycopy(h, 0, hn, layer * hidden, hidden);
            System.arraycopy(c, 0, cn, layer * hidden, hidden);
            inputs = outputs;
        }
        double[][] backward = new double[all][contract.backwardHidden()];
        if (contract.backwardHidden() > 0) {
            double[] h = new double[contract.backwardHidden()];
            double[] c = new double[contract.backwardHidden()];
            for (int t = all - 1; t >= 0; t--) {
                h = advance("backward", embedded[t], h, c);
                backward[t] = h;
            }
        }
        double[][][] probabilities = new double[contract.labelLayers().size()][length][];
        for (int t = 0; t < length; t++) {
            double[] readOut = new double[hidden * (1 + contract.lookAhead()) + contract.backwardHidden()];
            for (int ahead = 0; ahead <= contract.lookAhead(); ahead++) {
                System.arraycopy(inputs[t + ahead], 0, readOut, ahead * hidden, hidden);
            }
            System.arraycopy(backward[t], 0, readOut, hidden * (1 + contract.lookAhead()), contract.backwardHidden());
            for (int layer = 0; layer < probabilities.length; layer++) {
                LabelLayer labels = contract.labelLayers().get(layer);
                probabilities[layer][t] = softmax(product(
                        weights.get("layer." + labels.name() + ".weight"),
                        readOut,
                        weights.get("layer." + labels.name() + ".bias")));
            }
        }
        return new Outcome(probabilities, hn, cn);
    }

    private double[] embedding(int[][] ids, int t) {
        double[] embedding = new double[0];
        for (int column = 0; column < ids.length; column++) {
            Tensor table =
                    weights.get("embedding." + contract.columns().get(column).name());
            int width = table.shape()[1];
            double[] longer = Arrays.copyOf(embedding, embedding.length + width);
            for (int at = 0; at < width; at++) {
                longer[embedding.length + at] = table.values()[ids[column][t] * width + at];
            }
            embedding = longer;
        }
        return embedding;
    }

    /** The new h; c is overwritten. */
    private double[] advance(String name, double[] x, double[] h, double[] c) {
        double[] fromInput = product(weights.get(name + ".w_ih"), x, weights.get(name + ".b_ih"));
        double[] fromState = product(weights.get(name + ".w_hh"), h, weights.get(name + ".b_hh"));
        int hidden = h.length;
        double[] next = new double[hidden];
        for (int unit = 0; unit < hidden; unit++) {
            if (contract.cell() == Cell.RNN) {
                next[unit] = Math.tanh(fromInput[unit] + fromState[unit]);
                continue;
            }
            double i = sigmoid(fromInput[unit] + fromState[unit]);
            double f = sigmoid(fromInput[hidden + unit] + fromState[hidden + unit]);
            double g = Math.tanh(fromInput[2 * hidden + unit] + fromState[2 * hidden + unit]);
            double o = sigmoid(fromInput[3 * hidden + unit] + fromState[3 * hidden + unit]);
            c[unit] = f * c[unit] + i * g;
            next[unit] = o * Math.tanh(c[unit]);
        }
        return next;
    }

    private static double[] product(Tensor matrix, double[] vector, Tensor bias) {
        double[] product = new double[matrix.shape()[0]];
        for (int row = 0; row < product.length; row++) {
            product[row] = bias.values()[row];
            for (int column = 0; column < vector.length; column++) {
                product[row] += matrix.values()[row * vector.length + column] * vector[column];
            }
        }
        return product;
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double[] softmax(double[] logits) {
        double sum = 0;
        double[] probabilities = new double[logits.length];
        for (int label = 0; label < logits.length; label++) {
            probabilities[label] = Math.exp(logits[label]);
            sum += probabilities[label];
        }
        for (int label = 0; label < logits.length; label++) {
            probabilities[label] /= sum;
        }
        return probabilities;
    }
}
