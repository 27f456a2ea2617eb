package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.TensorNames;
import java.util.List;

/**
 * The label layers of a graph: one product for all of them, whose logits go out as they are. A model that reads labels off the states
 * ahead gives a row of each state a block for each token that it counts for, and leaves adding them up to whoever calls it: that is
 * cheaper than laying states side by side.
 */
final class LabelGraph {
    private final GraphBuilder graph;
    private final ModelContract contract;
    private final TaggerWeights weights;
    private final boolean quantized;

    /** @param quantized whether the product is in int8 */
    LabelGraph(GraphBuilder graph, ModelContract contract, TaggerWeights weights, boolean quantized) {
        this.graph = graph;
        this.contract = contract;
        this.weights = weights;
        this.quantized = quantized;
    }

    /** Adds the layers over a read-out {@code [rows, H + backward width]} and declares their output. */
    void add(String readOut) {
        int inputs = contract.hidden() + contract.backwardHidden();
        int outputs = (1 + contract.spread()) * contract.labels();
        float[] weight = new float[outputs * inputs];
        float[] bias = new float[outputs];
        int first = 0;
        for (LabelLayer layer : contract.labelLayers()) {
            String name = "layer." + layer.name();
            int size = layer.tags().size();
            spread(name + ".weight", size, weight, first);
            System.arraycopy(Shapes.values(weights, name + ".bias", size), 0, bias, first, size);
            first += size;
        }
        product(readOut, weight, graph.floats("labels/bias", bias, outputs), outputs, inputs);
        graph.output(TensorNames.LOGITS, DataType.FLOAT, "rows", outputs);
    }

    /** Cuts the weights of a layer, for {@code [h_t, h_t+1, .. b_t]}, into blocks for {@code [h, b]}; b counts in the first alone. */
    private void spread(String name, int labels, float[] weight, int first) {
        int hidden = contract.hidden();
        int backward = contract.backwardHidden();
        int inputs = hidden + backward;
        int states = (1 + contract.spread()) * hidden;
        float[] values = Shapes.values(weights, name, labels, states + backward);
        for (int label = 0; label < labels; label++) {
            int from = label * (states + backward);
            for (int block = 0; block <= contract.spread(); block++) {
                int row = block * contract.labels() + first + label;
                System.arraycopy(values, from + block * hidden, weight, row * inputs, hidden);
            }
            System.arraycopy(values, from + states, weight, (first + label) * inputs + hidden, backward);
        }
    }

    private void product(String readOut, float[] weight, String bias, int outputs, int inputs) {
        if (!quantized) {
            String matrix = graph.floats("labels/weight", weight, outputs, inputs);
            graph.add("Gemm", TensorNames.LOGITS, List.of(readOut, matrix, bias), attribute("transB", 1));
            return;
        }
        QuantizedMatrix matrix = QuantizedMatrix.transposed(weight, outputs, inputs);
        graph.add(
                GraphBuilder.MICROSOFT,
                "DynamicQuantizeMatMul",
                List.of(
                        readOut,
                        graph.bytes("labels/weight", matrix.values(), inputs, outputs),
                        graph.floats("labels/scale", matrix.scales(), outputs),
                        graph.bytes("labels/zero", new byte[outputs], outputs),
                        bias),
                List.of(TensorNames.LOGITS));
    }
}
