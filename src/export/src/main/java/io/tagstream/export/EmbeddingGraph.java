package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.IdLayout;
import io.tagstream.model.TensorNames;
import java.util.List;

/** The embedding table of a graph: the ids of all columns in, one vector a token out. */
final class EmbeddingGraph {
    /**
     * The most floats of a table that int8 leaves as it is: 256 KiB. Such a table saves little space, and turning halves back into
     * floats takes an operator.
     */
    private static final int SMALL_TABLE = 1 << 16;

    private final GraphBuilder graph;
    private final RowPacking packing;
    private final boolean quantized;

    /** @param quantized whether a large table becomes half floats */
    EmbeddingGraph(GraphBuilder graph, RowPacking packing, boolean quantized) {
        this.graph = graph;
        this.packing = packing;
        this.quantized = quantized;
    }

    /** Declares the id input and adds the table: the embeddings of all columns side by side, {@code [N, 1, inputs]}. */
    String add() {
        IdLayout layout = IdLayout.of(packing.contract());
        int width = packing.width();
        float[] table = new float[layout.size() * width];
        int at = 0;
        for (FeatureColumn column : packing.contract().columns()) {
            float[] rows = packing.weights().get("embedding." + column.name()).values();
            System.arraycopy(rows, 0, table, at, rows.length);
            at += rows.length;
        }
        graph.input(TensorNames.IDS, DataType.INT32, "N", layout.width());
        String shape = graph.integers("embedding/by-time", -1, 1, packing.inputs());
        return graph.add("Reshape", "embedding/embedded", List.of(rows(table, layout.size(), width), shape));
    }

    private String rows(float[] table, int size, int width) {
        String name = "embedding/rows";
        if (!quantized || table.length <= SMALL_TABLE) {
            String floats = graph.floats("embedding/table", table, size, width);
            return graph.add("Gather", name, List.of(floats, TensorNames.IDS), attribute("axis", 0));
        }
        String halves = graph.add(
                "Gather",
                "embedding/halves",
                List.of(graph.halves("embedding/table", table, size, width), TensorNames.IDS),
                attribute("axis", 0));
        return graph.add("Cast", name, List.of(halves), attribute("to", DataType.FLOAT.getNumber()));
    }
}
