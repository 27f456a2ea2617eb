package io.tagstream.export;

/**
 * A matrix in int8 with one scale a row of the original and zero points of 0: original = value * scale.
 *
 * @param values the bytes, row by row in the layout that the factory says
 * @param scales one a row of the original
 */
record QuantizedMatrix(byte[] values, float[] scales) {

    /** Matrix products use 7 bits: processors without VNNI add two products in 16 bits, and 255 * 127 * 2 does not fit. */
    private static final int LARGEST_WEIGHT = 63;

    /** Weights {@code [rows, columns]} laid out as {@code [columns, rows]}, each value in 7 bits. */
    static QuantizedMatrix transposed(float[] matrix, int rows, int columns) {
        byte[] values = new byte[matrix.length];
        float[] scales = new float[rows];
        for (int row = 0; row < rows; row++) {
            scales[row] = scale(matrix, row, columns, LARGEST_WEIGHT);
            for (int column = 0; column < columns; column++) {
                values[column * rows + row] = (byte) Math.round(matrix[row * columns + column] / scales[row]);
            }
        }
        return new QuantizedMatrix(values, scales);
    }

    private static float scale(float[] matrix, int row, int columns, int largest) {
        float extent = 0;
        for (int column = 0; column < columns; column++) {
            extent = Math.max(extent, Math.abs(matrix[row * columns + column]));
        }
        return extent == 0 ? 1 : extent / largest;
    }
}
