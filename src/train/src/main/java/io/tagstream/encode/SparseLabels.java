package io.tagstream.encode;

/**
 * The likely labels alone, for text of a million tokens: tokens that a machine says the same of share one entry.
 *
 * @param byLayer {@code [label layers][T]}
 */
record SparseLabels(Entry[][] byLayer) implements SoftLabels {
    /**
     * What is said of a token.
     *
     * @param labels indices in their layer; none where nothing is said
     * @param probabilities by label, 1 together
     */
    record Entry(int[] labels, float[] probabilities) {}

    @Override
    public void add(int layer, int token, float weight, float[] sums, int from) {
        Entry entry = byLayer[layer][token];
        for (int i = 0; i < entry.labels().length; i++) {
            sums[from + entry.labels()[i]] += weight * entry.probabilities()[i];
        }
    }
}
