package io.tagstream.export;

import static io.tagstream.export.GraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.tagstream.model.Cell;
import java.util.ArrayList;
import java.util.List;

/**
 * The recurrent layers of a graph: weights from PyTorch's layout to ONNX's, fp32 or int8. ONNX orders the gates of an LSTM i, o, f,
 * c where PyTorch has i, f, g, o; both biases are kept, one after the other.
 */
final class RecurrentGraph {
    /** For every gate of ONNX the place of the same gate in PyTorch. */
    private static final int[] LSTM_GATES = {0, 3, 1, 2};

    private static final int[] RNN_GATES = {0};

    private final GraphBuilder graph;
    private final Cell cell;
    private final boolean quantized;

    /** @param quantized whether LSTM weights become int8; there is no such operator for a plain RNN, which stays fp32 */
    RecurrentGraph(GraphBuilder graph, Cell cell, boolean quantized) {
        this.graph = graph;
        this.cell = cell;
        this.quantized = quantized && cell == Cell.LSTM;
    }

    /** The number of gates of a cell. */
    static int gates(Cell cell) {
        return cell == Cell.LSTM ? LSTM_GATES.length : RNN_GATES.length;
    }

    /**
     * Adds one layer.
     *
     * @param name prefix of its weights, {@code forward.0}
     * @param input the tensor that it reads, {@code [N, 1, inputs]}
     * @param h0 its state before, {@code [1, 1, hidden]}, or empty for zero; c0 likewise
     * @param layer its outputs and direction
     */
    void add(
            String name,
            TaggerWeights weights,
            String input,
            int inputs,
            int hidden,
            String h0,
            String c0,
            Layer layer) {
        int[] gates = cell == Cell.LSTM ? LSTM_GATES : RNN_GATES;
        int rows = gates.length * hidden;
        float[] w = reorder(Shapes.values(weights, name + ".w_ih", rows, inputs), gates, hidden * inputs);
        float[] r = reorder(Shapes.values(weights, name + ".w_hh", rows, hidden), gates, hidden * hidden);
        float[] b = concat(
                reorder(Shapes.values(weights, name + ".b_ih", rows), gates, hidden),
                reorder(Shapes.values(weights, name + ".b_hh", rows), gates, hidden));
        if (cell == Cell.RNN) {
            input = project(name, input, w, inputs, hidden);
            inputs = hidden;
            w = identity(hidden);
        }
        List<String> operands = new ArrayList<>();
        operands.add(input);
        QuantizedMatrix qw = quantized ? QuantizedMatrix.transposed(w, rows, inputs) : null;
        QuantizedMatrix qr = quantized ? QuantizedMatrix.transposed(r, rows, hidden) : null;
        operands.add(
                qw == null
                        ? graph.floats(name + "/W", w, 1, rows, inputs)
                        : graph.bytes(name + "/W", qw.values(), 1, inputs, rows));
        operands.add(
                qr == null
                        ? graph.floats(name + "/R", r, 1, rows, hidden)
                        : graph.bytes(name + "/R", qr.values(), 1, hidden, rows));
        operands.add(graph.floats(name + "/B", b, 1, 2L * rows));
        operands.add("");
        operands.add(h0);
        if (cell == Cell.LSTM) {
            operands.add(c0);
        }
        if (qw != null && qr != null) {
            operands.add("");
            operands.add(graph.floats(name + "/W_scale", qw.scales(), 1, rows));
            operands.add(graph.bytes(name + "/W_zero", new byte[rows], 1, rows));
            operands.add(graph.floats(name + "/R_scale", qr.scales(), 1, rows));
            operands.add(graph.bytes(name + "/R_zero", new byte[rows], 1, rows));
        }
        List<String> outputs = cell == Cell.LSTM
                ? List.of(layer.outputs(), layer.hn(), layer.cn())
                : List.of(layer.outputs(), layer.hn());
        AttributeProto[] attributes = {
            attribute("hidden_size", hidden), attribute("direction", layer.reverse() ? "reverse" : "forward")
        };
        graph.add(
                quantized ? GraphBuilder.MICROSOFT : "",
                quantized ? "DynamicQuantizeLSTM" : cell.name(),
                operands,
                outputs,
                attributes);
    }

    /**
     * The products of a plain RNN's inputs and weights, {@code [N, 1, hidden]}, in an operator of their own. ONNX Runtime's RNN
     * multiplies a single row by another kernel than several, so that a token alone and the same token in a sentence would differ
     * in the last bits; packed weights, which this operator and its LSTM have, always go the same way.
     */
    private String project(String name, String input, float[] w, int inputs, int hidden) {
        float[] transposed = new float[w.length];
        for (int row = 0; row < hidden; row++) {
            for (int column = 0; column < inputs; column++) {
                transposed[column * hidden + row] = w[row * inputs + column];
            }
        }
        String weights = graph.floats(name + "/W_ih", transposed, inputs, hidden);
        return graph.add("MatMul", name + "/projected", List.of(input, weights));
    }

    /** Multiplying by it is exact in any order of summation. */
    private static float[] identity(int size) {
        float[] identity = new float[size * size];
        for (int at = 0; at < size; at++) {
            identity[at * size + at] = 1;
        }
        return identity;
    }

    /** Moves whole gates, each {@code block} values long. */
    private static float[] reorder(float[] values, int[] gates, int block) {
        float[] reordered = new float[values.length];
        for (int gate = 0; gate < gates.length; gate++) {
            System.arraycopy(values, gates[gate] * block, reordered, gate * block, block);
        }
        return reordered;
    }

    private static float[] concat(float[] first, float[] second) {
        float[] both = new float[first.length + second.length];
        System.arraycopy(first, 0, both, 0, first.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /**
     * The names of the tensors that a layer gives.
     *
     * @param outputs {@code [N, 1, 1, hidden]}
     * @param hn h after, {@code [1, 1, hidden]}; empty where nobody asks
     * @param cn c after, likewise; not there for a plain RNN
     * @param reverse whether it reads from the right
     */
    record Layer(String outputs, String hn, String cn, boolean reverse) {}
}
