package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.tagstream.model.Cell;
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

    private static final String INT8 = "int8";
    private static final String FP32 = "fp32";

    private final RowPacking packing;
    private final ModelContract contract;
    private final TaggerWeights weights;
    private final boolean quantized;
    private final boolean windowed;
    /** The width of what the first recurrent layers read. */
    private final int width;

    private final GraphBuilder graph = new GraphBuilder("tagger");

    private ModelExporter(RowPacking packing) {
        this.packing = packing;
        this.contract = packing.contract();
        this.weights = packing.weights();
        this.quantized = contract.precision().equals(INT8);
        this.windowed = packing.windowed();
        this.width = windowed ? packing.inputs() * (1 + contract.lookAhead()) : packing.inputs();
    }

    /**
     * The bytes of the file. Precision {@code fp32} keeps the weights as they are. {@code int8} writes an embedding table of more
     * than 256 KiB in half floats, and the weights of LSTMs and labels in 7 of 8 bits with a scale a gate row or label; those of a
     * plain RNN, for which there is no int8 operator, stay fp32.
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
        return new ModelExporter(RowPacking.of(contract, weights)).model().toByteArray();
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
        new LabelGraph(graph, contract, weights, quantized).add(readOut(states, embedded));
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

    /** What the recurrent layers read, {@code [N, 1, width]}, or {@code [T, 1, (1 + look-ahead) width]} with a window. */
    private String embed() {
        String embedded = new EmbeddingGraph(graph, packing, quantized).add();
        if (!windowed) {
            return embedded;
        }
        List<String> parts = new ArrayList<>();
        for (int ahead = 0; ahead <= contract.lookAhead(); ahead++) {
            parts.add(tokensOnly(embedded, "window/ahead-" + ahead, ahead));
        }
        return graph.add("Concat", "window/all", parts, attribute("axis", 2));
    }

    /** The forward layers from h0 and c0 to hn and cn; gives the top layer's states, {@code [steps, 1, 1, hidden]}. */
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
            String name = "forward." + layer;
            outputs = name + "/y";
            hn.add(layers == 1 ? TensorNames.HN : name + "/hn");
            cn.add(layers == 1 ? TensorNames.CN : name + "/cn");
            recurrent.add(
                    name,
                    weights,
                    input,
                    inputs,
                    hidden,
                    h0.get(layer),
                    hasCell ? c0.get(layer) : "",
                    new RecurrentGraph.Layer(outputs, hn.get(layer), cn.get(layer), false));
            if (layer + 1 < layers) {
                input = squeeze(outputs, name + "/by-time", 1);
                inputs = hidden;
            }
        }
        join(TensorNames.HN, hn);
        if (hasCell) {
            join(TensorNames.CN, cn);
        }
        return outputs;
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
        if (parts.size() > 1) {
            graph.add("Concat", name, parts, attribute("axis", 0));
        }
        graph.output(name, DataType.FLOAT, contract.layers(), 1, contract.hidden());
    }

    /** What the labels are read off, {@code [rows, H + backward width]}: the states of each row. */
    private String readOut(String states, String embedded) {
        String all = states;
        if (contract.backwardHidden() > 0) {
            String backward = "backward/y";
            new RecurrentGraph(graph, contract.cell(), quantized)
                    .add(
                            "backward",
                            weights,
                            embedded,
                            width,
                            contract.backwardHidden(),
                            "",
                            "",
                            new RecurrentGraph.Layer(backward, "", "", true));
            all = graph.add("Concat", "read-out/all", List.of(states, backward), attribute("axis", 3));
        }
        return squeeze(all, "read-out", 1, 2);
    }

    /** Of N along the first axis the T that start {@code ahead} tokens on. */
    private String tokensOnly(String tensor, String output, int ahead) {
        int lookAhead = contract.lookAhead();
        return slice(tensor, output, ahead, ahead == lookAhead ? Long.MAX_VALUE : ahead - lookAhead);
    }

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

    private String squeeze(String tensor, String output, long... axes) {
        return graph.add("Squeeze", output, List.of(tensor, graph.integers(output + "/axes", axes)));
    }
}
