package io.tagstream.export;

/** IEEE 754 half floats: 1 sign bit, 5 of exponent, 10 of mantissa. Java's own conversion came after 17. */
final class HalfFloat {
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;
    /** The smallest normal half float is 2 to the minus 14; below it steps are of 2 to the minus 24. */
    private static final float LEAST_NORMAL = 0x1p-14f;

    private HalfFloat() {}

    /** The bits of the half float nearest to a finite float, ties to even; infinity if it is out of range. */
    static short bits(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & SIGN;
        float size = Math.abs(value);
        if (size < LEAST_NORMAL) {
            return (short) (sign | (int) Math.rint(size * 0x1p24f));
        }
        int magnitude = Float.floatToRawIntBits(size);
        // 13 bits of mantissa go; a carry out of the mantissa moves the exponent on, as it should.
        int rounded = magnitude + 0xfff + (magnitude >>> 13 & 1);
        int half = (rounded >>> 13) - ((127 - 15) << 10);
        return (short) (sign | Math.min(half, INFINITY));
    }
}
