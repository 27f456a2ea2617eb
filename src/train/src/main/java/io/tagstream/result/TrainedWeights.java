package io.tagstream.result;

import io.tagstream.encode.NetworkShape;
import io.tagstream.export.TaggerWeights;
import io.tagstream.export.Tensor;
import io.tagstream.words.WordTable;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The best weights of a run.
 *
 * @param shape the network's
 * @param byName by tensor name, in the shape's order
 * @param epoch the epoch that they are of, counted from 1
 * @param stopped whether training was ended early
 */
public record TrainedWeights(NetworkShape shape, Map<String, float[]> byName, int epoch, boolean stopped) {
    /** As the exporter wants them: pre-trained word vectors and what was learned on top added into one table. */
    public TaggerWeights export() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Map<String, long[]> exported =
                new NetworkShape(shape.settings(), shape.words(), shape.columns(), shape.layers()).tensors();
        exported.forEach((name, extents) -> {
            float[] values = byName.getOrDefault(name, new float[0]);
            tensors.put(
                    name, name.equals(NetworkShape.WORD_EMBEDDING) ? words(values) : new Tensor(values, ints(extents)));
        });
        return new TaggerWeights(tensors);
    }

    private Tensor words(float[] learned) {
        WordTable words = shape.words();
        float[] table = words.frozen().clone();
        for (int i = 0; i < words.learned() * words.width(); i++) {
            table[i] += learned[words.width() + i];
        }
        return new Tensor(table, new int[] {words.column().vocabulary().size(), words.width()});
    }

    private static int[] ints(long[] extents) {
        int[] shape = new int[extents.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = Math.toIntExact(extents[i]);
        }
        return shape;
    }
}
