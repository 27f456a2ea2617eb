package io.tagstream.export;

import java.util.Arrays;

/** Checks that weights have the shape that the contract asks for. */
final class Shapes {
    private Shapes() {}

    /** @throws IllegalArgumentException if the weights lack the tensor or it has another shape */
    static float[] values(TaggerWeights weights, String name, int... shape) {
        Tensor tensor = weights.get(name);
        if (!Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("weights '" + name + "' are " + Arrays.toString(tensor.shape())
                    + ", expected " + Arrays.toString(shape));
        }
        return tensor.values();
    }
}
