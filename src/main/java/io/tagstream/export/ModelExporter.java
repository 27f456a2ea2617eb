package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.ModelMetadata;
import io.tagstream.model.TensorNames;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes weights and their contract as one {@code .onnx} file. N stands for a call's T tokens and the end symbols after them.
 * The same weights and contract give the same bytes.
 */
public final class ModelExporter {
    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;
    /** The version of ONNX Runtime's own operator set, which holds the int8 LSTM. */
    private static final int MICROSOFT_OPSET = 1;

    /**
     * The most floats of an embedding table that int8 leaves as it is: 256 KiB. Such a table saves little space, and turning bytes back
     * into floats takes three more operators a call, some 1 us each.
     */
    private static final int SMALL_TABLE = 1 << 16;

    private static final String INT8 = "int8";
    private static final String FP32 = "fp32";

    private final ModelContract contract;
    private final TaggerWeights weights;
    private final boolean quantized;
    private final GraphBuilder graph;
    private int width;

    private ModelExporter(ModelContract contract, TaggerWeights weights) {
        this.contract = contract;
        this.weights = weights;
        this.quantized = contract.precision().equals(INT8);
        this.graph = new GraphBuilder("tagger");
    }

    /**
     * The bytes of the file. Precision {@code fp32} keeps the weights as they are. {@code int8} writes embedding tables of more
     * than 256 KiB in int8 with a scale a row, and LSTM weights in 7 of 8 bits with a scale a gate row; the weights of a plain RNN, for
     * which there is no int8 operator, and the label layers stay fp32.
     *
     * @throws IllegalArgumentException if weights are missing or have another shape than the contract says, if one is not finite, or
     *     if the precision is neither
     */
    public static byte[] export(ModelContract contract, TaggerWeights weights) {
        if (!contract.precision().equals(FP32) && !contract.precision().equals(INT8)) {
            throw new IllegalArgumentException(
                    "precision '" + contract.precision() + "' is neither " + FP32 + " nor " + INT8);
        }
        weights.tensors().forEach(ModelExporter::requireFinite);
        return new ModelExporter(contract, weights).model().toByteArray();
    }

    private static void requireFinite(String name, Tensor tensor) {
        for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("weights '" + name + "' hold " + value);
            }
        }
    }

    private ModelProto model() {
        String embedded = embed();
        String states = forward(embedded);
        label(readOut(states, embedded));
        ModelProto.Builder model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("tagstream")
                .setGraph(graph.build())
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET));
        if (quantized) {
            model.addOpsetImport(OperatorSetIdProto.newBuilder()
                    .setDomain(GraphBuilder.MICROSOFT)
                    .setVersion(MICROSOFT_OPSET));
        }
        ModelMetadata.write(contract)
                .forEach((key, value) -> model.addMetadataProps(
                        StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build();
    }

    /** The embeddings of all columns side by side, {@code [N, 1, width]}. */
    private String embed() {
        List<String> parts = new ArrayList<>();
        for (FeatureColumn column : contract.columns()) {
            graph.input(column.name(), DataType.INT32, 1, "N");
            String name = "embedding." + column.name();
            int rows = column.vocabulary().size();
            int[] shape = weights.get(name).shape();
            int columns = shape.length == 2 ? shape[1] : 1;
            float[] table = Shapes.values(weights, name, rows, columns);
            boolean small = table.length <= SMALL_TABLE;
            parts.add(
                    quantized && !small
                            ? gatherBytes(name, column, table, columns)
                            : gather(name, column, table, columns));
            width += columns;
        }
        String embedded = graph.add("Concat", "columns/embedded", parts, attribute("axis", 2));
        return graph.add("Transpose", "columns/by-time", List.of(embedded), attribute("perm", 1L, 0L, 2L));
    }

    private String gather(String name, FeatureColumn column, float[] table, int columns) {
        String constant =
                graph.floats(name + "/table", table, column.vocabulary().size(), columns);
        return graph.add("Gather", name + "/rows", List.of(constant, column.name()), attribute("axis", 0));
    }

    private String gatherBytes(String name, FeatureColumn column, float[] table, int columns) {
        int rows = column.vocabulary().size();
        QuantizedMatrix quantizedTable = QuantizedMatrix.byRows(table, rows, columns);
        String bytes = graph.add(
                "Gather",
                name + "/bytes",
                List.of(graph.bytes(name + "/table", quantizedTable.values(), rows, columns), column.name()),
                attribute("axis", 0));
        String scales = graph.add(
                "Gather",
                name + "/scales",
                List.of(graph.floats(name + "/scale", quantizedTable.scales(), rows, 1), column.name()),
                attribute("axis", 0));
        String values =
                graph.add("Cast", name + "/values", List.of(bytes), attribute("to", DataType.FLOAT.getNumber()));
        return graph.add("Mul", name + "/rows", List.of(values, scales));
    }

    /** The forward layers from h0 and c0 to hn and cn; gives the top layer's states, {@code [N, hidden]}. */
    private String forward(String embedded) {
        int layers = contract.layers();
        int hidden = contract.hidden();
        boolean hasCell = contract.cell() == Cell.LSTM;
        List<String> h0 = split(TensorNames.H0);
        List<String> c0 = hasCell ? split(TensorNames.C0) : List.of();
        RecurrentGraph recurrent = new RecurrentGraph(graph, contract.cell(), quantized);
        List<String> hn = new ArrayList<>();
        List<String> cn = new ArrayList<>();
        String input = embedded;
        int inputs = width;
        String outputs = "";
        for (int layer = 0; layer < layers; layer++) {
            RecurrentGraph.Layer added = recurrent.add(
                    "forward." + layer,
                    weights,
                    input,
                    inputs,
                    hidden,
                    h0.get(layer),
                    hasCell ? c0.get(layer) : "",
                    false);
            hn.add(added.hn());
            cn.add(added.cn());
            outputs = added.outputs();
            if (layer + 1 < layers) {
                input = squeeze(outputs, "forward." + layer + "/by-time", 1);
                inputs = hidden;
            }
        }
        join(TensorNames.HN, hn);
        if (hasCell) {
            join(TensorNames.CN, cn);
        }
        return squeeze(outputs, "forward/states", 1, 2);
    }

    private List<String> split(String name) {
        int layers = contract.layers();
        graph.input(name, DataType.FLOAT, layers, 1, contract.hidden());
        if (layers == 1) {
            return List.of(name);
        }
        List<String> parts = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            parts.add(slice(name, name + "/" + layer, layer, layer + 1L));
        }
        return parts;
    }

    private void join(String name, List<String> parts) {
        graph.add("Concat", name, parts, attribute("axis", 0));
        graph.output(name, DataType.FLOAT, contract.layers(), 1, contract.hidden());
    }

    /** What the labels are read off, {@code [T, hidden (1 + look-ahead) + backward width]}. */
    private String readOut(String states, String embedded) {
        int lookAhead = contract.lookAhead();
        List<String> parts = new ArrayList<>();
        for (int ahead = 0; ahead <= lookAhead; ahead++) {
            parts.add(tokensOnly(states, "read-out/ahead-" + ahead, ahead));
        }
        if (contract.backwardHidden() > 0) {
            RecurrentGraph.Layer backward = new RecurrentGraph(graph, contract.cell(), quantized)
                    .add("backward", weights, embedded, width, contract.backwardHidden(), "", "", true);
            parts.add(tokensOnly(squeeze(backward.outputs(), "backward/states", 1, 2), "read-out/backward", 0));
        }
        return parts.size() == 1 ? parts.get(0) : graph.add("Concat", "read-out/all", parts, attribute("axis", 1));
    }

    /** The rows {@code ahead .. ahead + T - 1} of N. */
    private String tokensOnly(String tensor, String output, int ahead) {
        int lookAhead = contract.lookAhead();
        if (lookAhead == 0) {
            return tensor;
        }
        return slice(tensor, output, ahead, ahead == lookAhead ? Long.MAX_VALUE : ahead - lookAhead);
    }

    private void label(String readOut) {
        int inputs = contract.hidden() * (1 + contract.lookAhead()) + contract.backwardHidden();
        for (LabelLayer layer : contract.labelLayers()) {
            int labels = layer.tags().size();
            String name = "layer." + layer.name();
            float[] weight = Shapes.values(weights, name + ".weight", labels, inputs);
            float[] bias = Shapes.values(weights, name + ".bias", labels);
            String flat = graph.add(
                    "Gemm",
                    name + "/rows",
                    List.of(
                            readOut,
                            graph.floats(name + "/weight", weight, labels, inputs),
                            graph.floats(name + "/bias", bias, labels)),
                    attribute("transB", 1));
            String logits = graph.add("Unsqueeze", name + "/logits", List.of(flat, graph.integers(name + "/batch", 0)));
            String probabilities = TensorNames.probabilities(layer.name());
            graph.add("Softmax", probabilities, List.of(logits), attribute("axis", 2));
            graph.add(
                    "ReduceMax",
                    TensorNames.score(layer.name()),
                    List.of(probabilities),
                    attribute("axes", new long[] {2}),
                    attribute("keepdims", 0));
            String best = graph.add(
                    "ArgMax", name + "/best", List.of(logits), attribute("axis", 2), attribute("keepdims", 0));
            graph.add(
                    "Cast",
                    TensorNames.label(layer.name()),
                    List.of(best),
                    attribute("to", DataType.INT32.getNumber()));
            graph.output(TensorNames.label(layer.name()), DataType.INT32, 1, "T");
            graph.output(TensorNames.score(layer.name()), DataType.FLOAT, 1, "T");
            graph.output(probabilities, DataType.FLOAT, 1, "T", labels);
        }
    }

    private String squeeze(String tensor, String output, long... axes) {
        return graph.add("Squeeze", output, List.of(tensor, graph.integers(output + "/axes", axes)));
    }

    /** Rows {@code from} to before {@code to}; a negative end counts from the end. */
    private String slice(String tensor, String output, long from, long to) {
        return graph.add(
                "Slice",
                output,
                List.of(
                        tensor,
                        graph.integers(output + "/from", from),
                        graph.integers(output + "/to", to),
                        graph.integers(output + "/axis", 0)));
    }
}
