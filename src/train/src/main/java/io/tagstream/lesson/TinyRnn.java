package io.tagstream.lesson;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The recurrent network of the lecture notes, small enough to print, in plain Java with its gradient written out: h_t = tanh(W_xh x_t +
 * W_hh h_(t-1) + b), y_t = softmax(W_hy h_t + c), one number x_t a word. H hidden units, K tags.
 */
final class TinyRnn {
    private final int hidden;
    private final int tags;
    private final double[] weights;

    TinyRnn(int hidden, int tags, long seed) {
        this.hidden = hidden;
        this.tags = tags;
        this.weights = new double[hidden + hidden * hidden + hidden + tags * hidden + tags];
        Random random = new Random(seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextGaussian() / 2;
        }
    }

    /**
     * A sentence to learn.
     *
     * @param words its words
     * @param x a number for each
     * @param labels the right tag of each
     */
    record Example(List<String> words, double[] x, int[] labels) {}

    /**
     * What the network makes of a sentence of T words.
     *
     * @param h {@code [T][H]}
     * @param y the probability of each tag, {@code [T][K]}
     */
    record Pass(double[][] h, double[][] y) {
        /** The cross-entropy at one word: E_t. */
        double error(int t, int label) {
            return -Math.log(y[t][label]);
        }
    }

    /** All weights: W_xh [H], W_hh [H x H], b [H], W_hy [K x H], c [K]. */
    double[] weights() {
        return weights;
    }

    Pass forward(double[] x) {
        double[][] h = new double[x.length][hidden];
        double[][] y = new double[x.length][tags];
        double[] before = new double[hidden];
        for (int t = 0; t < x.length; t++) {
            for (int i = 0; i < hidden; i++) {
                double sum = weights[i] * x[t] + weights[bias() + i];
                for (int j = 0; j < hidden; j++) {
                    sum += weights[hidden + i * hidden + j] * before[j];
                }
                h[t][i] = Math.tanh(sum);
            }
            before = h[t];
            softmax(h[t], y[t]);
        }
        return new Pass(h, y);
    }

    private void softmax(double[] h, double[] y) {
        double all = 0;
        for (int k = 0; k < tags; k++) {
            double sum = weights[readOut() + tags * hidden + k];
            for (int i = 0; i < hidden; i++) {
                sum += weights[readOut() + k * hidden + i] * h[i];
            }
            y[k] = Math.exp(sum);
            all += y[k];
        }
        for (int k = 0; k < tags; k++) {
            y[k] /= all;
        }
    }

    /** The cross-entropy averaged over all words of all examples. */
    double error(List<Example> examples) {
        double sum = 0;
        int words = 0;
        for (Example example : examples) {
            Pass pass = forward(example.x());
            for (int t = 0; t < example.x().length; t++) {
                sum += pass.error(t, example.labels()[t]);
                words++;
            }
        }
        return sum / words;
    }

    /** One step of W' = W - eta dE/dW, E being the error averaged over all words. */
    void learn(List<Example> examples, double eta) {
        double[] gradient = new double[weights.length];
        int words = 0;
        for (Example example : examples) {
            words += example.x().length;
            Pass pass = forward(example.x());
            for (int t = 0; t < example.x().length; t++) {
                for (double[] term : terms(example, pass, t)) {
                    for (int i = 0; i < gradient.length; i++) {
                        gradient[i] += term[i];
                    }
                }
            }
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] -= eta * gradient[i] / words;
        }
    }

    /**
     * The gradient of E_t, back-propagated through time, term by term: the first goes through h_t alone, the next through h_t and
     * h_(t-1), the last all the way to the first word. Their sum is dE_t/dW.
     *
     * @param t from 0
     * @return t + 1 terms, each with the length of {@link #weights}
     */
    double[][] terms(Example example, Pass pass, int t) {
        double[][] terms = new double[t + 1][weights.length];
        double[] read = pass.y()[t].clone();
        read[example.labels()[t]] -= 1;
        // What E_t changes when h_j changes, for j = t, t-1, ...
        double[] back = new double[hidden];
        for (int k = 0; k < tags; k++) {
            for (int i = 0; i < hidden; i++) {
                terms[0][readOut() + k * hidden + i] = read[k] * pass.h()[t][i];
                back[i] += read[k] * weights[readOut() + k * hidden + i];
            }
            terms[0][readOut() + tags * hidden + k] = read[k];
        }
        for (int j = t; j >= 0; j--) {
            double[] inside = new double[hidden];
            double[] earlier = new double[hidden];
            double[] term = terms[t - j];
            for (int i = 0; i < hidden; i++) {
                inside[i] = back[i] * (1 - pass.h()[j][i] * pass.h()[j][i]);
                term[i] = inside[i] * example.x()[j];
                term[bias() + i] = inside[i];
                for (int from = 0; from < hidden; from++) {
                    double before = j == 0 ? 0 : pass.h()[j - 1][from];
                    term[hidden + i * hidden + from] = inside[i] * before;
                    earlier[from] += inside[i] * weights[hidden + i * hidden + from];
                }
            }
            back = earlier;
        }
        return terms;
    }

    /** The part of a gradient that belongs to W_xh. */
    double[] inputPart(double[] gradient) {
        return Arrays.copyOf(gradient, hidden);
    }

    /** The part of a gradient that belongs to W_hh. */
    double[] recurrentPart(double[] gradient) {
        return Arrays.copyOfRange(gradient, hidden, hidden + hidden * hidden);
    }

    private int bias() {
        return hidden + hidden * hidden;
    }

    private int readOut() {
        return bias() + hidden;
    }
}
