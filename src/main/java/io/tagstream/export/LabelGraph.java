package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.TensorNames;
import java.util.List;

/** The label layers of a graph: one product for all of them, whose logits go out as they are. */
final class LabelGraph {
    private final GraphBuilder graph;
    private final TaggerWeights weights;

    LabelGraph(GraphBuilder graph, TaggerWeights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** Adds the layers over a read-out {@code [T, inputs]} and declares their output. */
    void add(List<LabelLayer> layers, String readOut, int inputs) {
        int labels = layers.stream().mapToInt(layer -> layer.tags().size()).sum();
        float[] weight = new float[labels * inputs];
        float[] bias = new float[labels];
        int row = 0;
        for (LabelLayer layer : layers) {
            String name = "layer." + layer.name();
            int size = layer.tags().size();
            System.arraycopy(
                    Shapes.values(weights, name + ".weight", size, inputs), 0, weight, row * inputs, size * inputs);
            System.arraycopy(Shapes.values(weights, name + ".bias", size), 0, bias, row, size);
            row += size;
        }
        graph.add(
                "Gemm",
                TensorNames.LOGITS,
                List.of(
                        readOut,
                        graph.floats("labels/weight", weight, labels, inputs),
                        graph.floats("labels/bias", bias, labels)),
                attribute("transB", 1));
        graph.output(TensorNames.LOGITS, DataType.FLOAT, "T", labels);
    }
}
