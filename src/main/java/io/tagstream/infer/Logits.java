package io.tagstream.infer;

/**
 * Best labels and probabilities from logits. Plain float arithmetic in a fixed order, without {@link Math#exp}, whose last bit a platform
 * may choose: the same logits give the same bits everywhere.
 */
final class Logits {
    /** Below it a float cannot hold e to the x as a normal number; beside the 1 of the largest logit it is nothing. */
    private static final float LEAST = -87;

    private static final float LOG2_E = 1.442695f;
    /** ln 2 in two parts, the first with so few bits that its products with small integers are exact. */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -2.1219444e-4f;

    private Logits() {}

    /** The index of the largest of some values, the first of equals; {@link Step#NONE} if one is not a number or the largest infinite. */
    static int best(float[] values, int from, int size) {
        int best = 0;
        float largest = values[from];
        boolean numbers = !Float.isNaN(largest);
        for (int at = 1; at < size; at++) {
            float value = values[from + at];
            numbers &= !Float.isNaN(value);
            if (value > largest) {
                largest = value;
                best = at;
            }
        }
        return numbers && Float.isFinite(largest) ? best : Step.NONE;
    }

    /** The soft-max of the largest of some logits, which is at {@code from + best}. */
    static float share(float[] values, int from, int size, int best) {
        float largest = values[from + best];
        float sum = 0;
        for (int at = from; at < from + size; at++) {
            sum += exp(values[at] - largest);
        }
        return 1 / sum;
    }

    /** The soft-max of some logits; not a number throughout if they have no best one. */
    static float[] softmax(float[] values, int from, int size) {
        float[] shares = new float[size];
        int best = best(values, from, size);
        float largest = best == Step.NONE ? Float.NaN : values[from + best];
        float sum = 0;
        for (int at = 0; at < size; at++) {
            shares[at] = exp(values[from + at] - largest);
            sum += shares[at];
        }
        for (int at = 0; at < size; at++) {
            shares[at] /= sum;
        }
        return shares;
    }

    /**
     * e to the x for x up to 0, right to some 1e-7 of it; 0 below -87. By x = n ln 2 + r and Cephes' polynomial for |r| up to
     * ln 2 / 2.
     */
    static float exp(float x) {
        if (x < LEAST) {
            return 0;
        }
        int n = (int) (x * LOG2_E - 0.5f);
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        float p = 1.9875691e-4f;
        p = p * r + 0.0013981999f;
        p = p * r + 0.008333452f;
        p = p * r + 0.041665796f;
        p = p * r + 0.16666666f;
        p = p * r + 0.5f;
        return (p * r * r + r + 1) * Float.intBitsToFloat((n + 127) << 23);
    }
}
