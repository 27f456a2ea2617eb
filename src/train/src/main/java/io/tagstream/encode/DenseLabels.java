package io.tagstream.encode;

/**
 * Every label's probability.
 *
 * @param byLayer {@code [label layers][T * labels]}
 * @param length the number of tokens T
 */
record DenseLabels(float[][] byLayer, int length) implements SoftLabels {
    @Override
    public void add(int layer, int token, float weight, float[] sums, int from) {
        int labels = byLayer[layer].length / length;
        for (int label = 0; label < labels; label++) {
            sums[from + label] += weight * byLayer[layer][token * labels + label];
        }
    }
}
