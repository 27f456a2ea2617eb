package io.tagstream.export;

import io.tagstream.model.FeatureColumn;
import io.tagstream.model.ModelContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays embedding tables of any widths out as one table, so that a graph needs one lookup for all columns: a wide embedding takes
 * several rows, and zeros fill the last one up. The layers that read embeddings get as many weights of zero.
 *
 * @param contract the contract with each column's rows and the logits' spread
 * @param weights the weights with tables {@code [vocabulary size, rows * width]} and the input weights to match
 * @param width the width of a row
 * @param inputs the width of what a token's rows make
 * @param windowed whether the look-ahead is at the input
 */
record RowPacking(ModelContract contract, TaggerWeights weights, int width, int inputs, boolean windowed) {
    /** @throws IllegalArgumentException if a table or input weight is missing or has another shape than the contract says */
    static RowPacking of(ModelContract contract, TaggerWeights weights) {
        List<FeatureColumn> columns = contract.columns();
        int[] widths = new int[columns.size()];
        int embedded = 0;
        for (int at = 0; at < widths.length; at++) {
            String name = name(columns.get(at));
            int[] shape = weights.get(name).shape();
            widths[at] = shape.length == 2 ? shape[1] : 1;
            Shapes.values(weights, name, columns.get(at).vocabulary().size(), widths[at]);
            embedded += widths[at];
        }
        int width = cheapest(widths);
        List<FeatureColumn> packed = new ArrayList<>();
        Map<String, Tensor> tensors = new HashMap<>(weights.tensors());
        int inputs = 0;
        for (int at = 0; at < widths.length; at++) {
            FeatureColumn column = columns.get(at).withRows(rows(widths[at], width));
            packed.add(column);
            inputs += column.rows() * width;
            tensors.put(name(column), widened(weights.get(name(column)), new int[] {widths[at]}, width));
        }
        boolean windowed = weights.windowed(contract.lookAhead(), embedded);
        int tokens = windowed ? 1 + contract.lookAhead() : 1;
        int[] blocks = new int[widths.length * tokens];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = widths[block % widths.length];
        }
        List<String> readers = contract.backwardHidden() > 0 ? List.of("forward.0", "backward") : List.of("forward.0");
        for (String reader : readers) {
            String name = reader + ".w_ih";
            int hidden = reader.equals("backward") ? contract.backwardHidden() : contract.hidden();
            Shapes.values(weights, name, RecurrentGraph.gates(contract.cell()) * hidden, embedded * tokens);
            tensors.put(name, widened(weights.get(name), blocks, width));
        }
        return new RowPacking(
                contract.with(packed, windowed ? 0 : contract.lookAhead()),
                new TaggerWeights(tensors),
                width,
                inputs,
                windowed);
    }

    private static String name(FeatureColumn column) {
        return "embedding." + column.name();
    }

    private static int rows(int width, int rowWidth) {
        return (width + rowWidth - 1) / rowWidth;
    }

    /** The width of a row that takes the least time a token: a row costs about as much as two floats of zeros. */
    private static int cheapest(int[] widths) {
        int cheapest = 1;
        int least = Integer.MAX_VALUE;
        for (int candidate = 1; candidate <= Arrays.stream(widths).max().orElse(1); candidate++) {
            int cost = 0;
            for (int width : widths) {
                int rows = rows(width, candidate);
                cost += 2 * rows + rows * candidate - width;
            }
            if (cost < least) {
                least = cost;
                cheapest = candidate;
            }
        }
        return cheapest;
    }

    /** A matrix whose rows are blocks, each block filled up with zeros to a multiple of {@code width}. */
    private static Tensor widened(Tensor matrix, int[] blocks, int width) {
        int rows = matrix.shape()[0];
        int columns = matrix.shape()[1];
        int wide = 0;
        for (int block : blocks) {
            wide += rows(block, width) * width;
        }
        if (wide == columns) {
            return matrix;
        }
        float[] values = new float[rows * wide];
        for (int row = 0; row < rows; row++) {
            int from = row * columns;
            int to = row * wide;
            for (int block : blocks) {
                System.arraycopy(matrix.values(), from, values, to, block);
                from += block;
                to += rows(block, width) * width;
            }
        }
        return new Tensor(values, new int[] {rows, wide});
    }
}
