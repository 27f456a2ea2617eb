package io.tagstream.infer;

/**
 * Best labels and probabilities from logits. Plain float arithmetic in a fixed order, without {@link Math#exp}, whose last bit a platform
 * may choose: the same logits give the same bits everywhere. This runs for every token, and costs less than the operators would that do
 * it inside a graph.
 */
final class Logits {
    /** Below it a float cannot hold e to the x as a normal number; beside the 1 of the largest logit it is nothing. */
    private static final float LEAST = -87;

    private static final float LOG2_E = 1.442695f;
    /** ln 2 in two parts, the first with so few bits that its products with small integers are exact. */
    private static final float LN2_HIGH = 0.6933594f;

    private static final float LN2_LOW = -2.1219444e-4f;
    /** Adding 1.5 times 2 to the 23 to a small float rounds it to an integer, which then stands in the last bits. */
    private static final float ROUNDING = 0x1.8p23f;

    private static final int EXPONENT_BIAS = 127;
    private static final int MANTISSA_BITS = 23;

    private Logits() {}

    /** The index of the largest of some logits, the first of equals; {@link Step#NONE} if it is not finite, or one is not a number. */
    static int best(float[] logits, int from, int size) {
        int best = 0;
        float largest = logits[from];
        for (int at = 1; at < size; at++) {
            float logit = logits[from + at];
            // Not "larger": a comparison with what is not a number is false.
            if (!(logit <= largest)) {
                if (Float.isNaN(logit) || Float.isNaN(largest)) {
                    return Step.NONE;
                }
                largest = logit;
                best = at;
            }
        }
        return Float.isFinite(largest) ? best : Step.NONE;
    }

    /** The softmax of the largest of some logits, which is at {@code from + best}; not a number if one of them is none. */
    static float share(float[] logits, int from, int size, int best) {
        float largest = logits[from + best];
        float sum = 0;
        for (int at = from; at < from + size; at++) {
            sum += exp(logits[at] - largest);
        }
        return 1 / sum;
    }

    /** The softmax of some logits; not a number throughout if they have no best one. */
    static float[] softmax(float[] logits, int from, int size) {
        float[] shares = new float[size];
        int best = best(logits, from, size);
        float largest = best == Step.NONE ? Float.NaN : logits[from + best];
        float sum = 0;
        for (int at = 0; at < size; at++) {
            shares[at] = exp(logits[from + at] - largest);
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
        float rounded = x * LOG2_E + ROUNDING;
        float n = rounded - ROUNDING;
        float r = x - n * LN2_HIGH - n * LN2_LOW;
        float p = 1.9875691e-4f;
        p = p * r + 0.0013981999f;
        p = p * r + 0.008333452f;
        p = p * r + 0.041665796f;
        p = p * r + 0.16666666f;
        p = p * r + 0.5f;
        int power = (Float.floatToRawIntBits(rounded) + EXPONENT_BIAS) << MANTISSA_BITS;
        return (p * r * r + r + 1) * Float.intBitsToFloat(power);
    }
}
