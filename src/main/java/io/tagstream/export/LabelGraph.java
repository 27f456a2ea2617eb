package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.TensorNames;
import java.util.List;

/** The label layers of a graph: one product for all of them, then the best label and its probability layer by layer. */
final class LabelGraph {
    private final GraphBuilder graph;
    private final TaggerWeights weights;

    LabelGraph(GraphBuilder graph, TaggerWeights weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /** Adds the layers over a read-out {@code [T, inputs]} and declares their outputs. */
    void add(List<LabelLayer> layers, String readOut, int inputs) {
        int labels = layers.stream().mapToInt(layer -> layer.tags().size()).sum();
        float[] weight = new float[labels * inputs];
        float[] bias = new float[labels];
        long[] sizes = new long[layers.size()];
        int row = 0;
        for (int at = 0; at < sizes.length; at++) {
            String name = "layer." + layers.get(at).name();
            int size = layers.get(at).tags().size();
            System.arraycopy(
                    Shapes.values(weights, name + ".weight", size, inputs), 0, weight, row * inputs, size * inputs);
            System.arraycopy(Shapes.values(weights, name + ".bias", size), 0, bias, row, size);
            sizes[at] = size;
            row += size;
        }
        String rows = graph.add(
                "Gemm",
                "labels/rows",
                List.of(
                        readOut,
                        graph.floats("labels/weight", weight, labels, inputs),
                        graph.floats("labels/bias", bias, labels)),
                attribute("transB", 1));
        String all = graph.add("Unsqueeze", "labels/logits", List.of(rows, graph.integers("labels/batch", 0)));
        List<String> logits = layers.stream()
                .map(layer -> "layer." + layer.name() + "/logits")
                .toList();
        if (sizes.length > 1) {
            String by = graph.integers("labels/sizes", sizes);
            graph.add("", "Split", List.of(all, by), logits, attribute("axis", 2));
        }
        for (int at = 0; at < sizes.length; at++) {
            outputs(layers.get(at), sizes.length > 1 ? logits.get(at) : all);
        }
    }

    private void outputs(LabelLayer layer, String logits) {
        String label = TensorNames.label(layer.name());
        String score = TensorNames.score(layer.name());
        String probabilities = TensorNames.probabilities(layer.name());
        graph.add("Softmax", probabilities, List.of(logits), attribute("axis", 2));
        graph.add(
                "ReduceMax",
                score,
                List.of(probabilities),
                attribute("axes", new long[] {2}),
                attribute("keepdims", 0));
        String best = graph.add(
                "ArgMax",
                "layer." + layer.name() + "/best",
                List.of(logits),
                attribute("axis", 2),
                attribute("keepdims", 0));
        graph.add("Cast", label, List.of(best), attribute("to", DataType.INT32.getNumber()));
        graph.output(label, DataType.INT32, 1, "T");
        graph.output(score, DataType.FLOAT, 1, "T");
        graph.output(probabilities, DataType.FLOAT, 1, "T", layer.tags().size());
    }
}
