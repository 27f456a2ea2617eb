package io.tagstream.network;

import io.tagstream.encode.NetworkShape;
import io.tagstream.model.Cell;
import io.tagstream.model.Vocabulary;
import io.tagstream.words.WordTable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The weights before the first step. */
public final class InitialWeights {
    private static final double EMBEDDING_DEVIATION = 0.1;

    private final NetworkShape shape;
    private final RandomGenerator random;

    public InitialWeights(NetworkShape shape, RandomGenerator random) {
        this.shape = shape;
        this.random = random;
    }

    /** By tensor name, in the shape's order. */
    public Map<String, float[]> draw() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        shape.tensors().forEach((name, extents) -> weights.put(name, draw(name, extents)));
        return weights;
    }

    private float[] draw(String name, long[] extents) {
        int size = 1;
        for (long extent : extents) {
            size = Math.multiplyExact(size, Math.toIntExact(extent));
        }
        float[] values = new float[size];
        if (name.equals(NetworkShape.WORD_EMBEDDING)) {
            words(values);
        } else if (name.startsWith("embedding.")) {
            gaussian(values, 0, values.length);
        } else if (name.startsWith("layer.")) {
            uniform(values, extents.length == 1 ? 0 : 1 / Math.sqrt((double) extents[1]));
        } else {
            cell(name, values);
        }
        return values;
    }

    /** Nothing on top of a pre-trained vector; a small random vector for a word that has none. */
    private void words(float[] values) {
        WordTable words = shape.words();
        for (int id = 0; id < words.learned(); id++) {
            if (!words.pretrained()[id] || id < Vocabulary.FIRST_ENTRY) {
                gaussian(values, (id + 1) * words.width(), words.width());
            }
        }
    }

    private void cell(String name, float[] values) {
        int hidden = name.startsWith("backward")
                ? shape.settings().backwardHidden()
                : shape.settings().hidden();
        uniform(values, 1 / Math.sqrt(hidden));
        if (name.endsWith(".b_ih") && shape.settings().cell() == Cell.LSTM) {
            // The forget gate starts open (Jozefowicz et al. 2015), so that what lies further back counts from the
            // first step.
            Arrays.fill(values, hidden, 2 * hidden, 1);
        }
    }

    private void gaussian(float[] values, int from, int count) {
        for (int i = from; i < from + count; i++) {
            values[i] = (float) (random.nextGaussian() * EMBEDDING_DEVIATION);
        }
    }

    private void uniform(float[] values, double bound) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
    }
}
