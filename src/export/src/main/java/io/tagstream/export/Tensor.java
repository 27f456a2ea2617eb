package io.tagstream.export;

/** A tensor of weights, row by row. */
public record Tensor(float[] values, int[] shape) {
    public Tensor {
        int size = 1;
        for (int extent : shape) {
            size *= extent;
        }
        if (size != values.length) {
            throw new IllegalArgumentException(values.length + " values do not fill a tensor of " + size);
        }
    }
}
