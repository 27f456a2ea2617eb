package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.FeatureColumn;
import java.util.ArrayList;
import java.util.List;

/** The embedding tables of a graph: ids of all columns in, one vector a token out. */
final class EmbeddingGraph {
    /**
     * The most floats of a table that int8 leaves as it is: 256 KiB. Such a table saves little space, and turning halves back into
     * floats takes an operator, some 1 us a call.
     */
    private static final int SMALL_TABLE = 1 << 16;

    private final GraphBuilder graph;
    private final TaggerWeights weights;
    private final boolean quantized;
    private int width;

    /** @param quantized whether large tables become half floats */
    EmbeddingGraph(GraphBuilder graph, TaggerWeights weights, boolean quantized) {
        this.graph = graph;
        this.weights = weights;
        this.quantized = quantized;
    }

    /** Declares the id inputs and adds the tables: the embeddings of all columns side by side, {@code [1, N, width]}. */
    String add(List<FeatureColumn> columns) {
        List<String> parts = new ArrayList<>();
        for (FeatureColumn column : columns) {
            graph.input(column.name(), DataType.INT32, 1, "N");
            parts.add(rows(column));
        }
        return parts.size() == 1 ? parts.get(0) : graph.add("Concat", "columns/embedded", parts, attribute("axis", 2));
    }

    /** The width of what {@link #add} gave. */
    int width() {
        return width;
    }

    private String rows(FeatureColumn column) {
        String name = "embedding." + column.name();
        int rows = column.vocabulary().size();
        int[] shape = weights.get(name).shape();
        int columns = shape.length == 2 ? shape[1] : 1;
        float[] table = Shapes.values(weights, name, rows, columns);
        width += columns;
        if (quantized && table.length > SMALL_TABLE) {
            return gatherHalves(name, column, table, columns);
        }
        String constant = graph.floats(name + "/table", table, rows, columns);
        return graph.add("Gather", name + "/rows", List.of(constant, column.name()), attribute("axis", 0));
    }

    /**
     * Half floats take one operator more than floats. Bytes with a scale a row would halve the file again, but take three more
     * operators, some 3 us a call; {@code GatherBlockQuantized}, which does it in one, takes 20 us.
     */
    private String gatherHalves(String name, FeatureColumn column, float[] table, int columns) {
        String halves = graph.add(
                "Gather",
                name + "/halves",
                List.of(graph.halves(name + "/table", table, column.vocabulary().size(), columns), column.name()),
                attribute("axis", 0));
        return graph.add("Cast", name + "/rows", List.of(halves), attribute("to", DataType.FLOAT.getNumber()));
    }
}
