package io.tagstream.network;

import io.tagstream.batch.PackedBatch;
import io.tagstream.encode.NetworkShape;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.words.WordTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The network in libtorch: embeddings, forward layers, perhaps a backward one, a linear read-out a label layer. Its tensors
 * are the network's own and live until it is closed; what {@link #forward} returns belongs to the caller's {@link
 * PointerScope}. For one thread.
 */
@SuppressWarnings("try") // scopes are opened for what closing them frees
public final class TaggerNetwork implements AutoCloseable {
    private final NetworkShape shape;
    private final Tensor frozenWords;
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private @Nullable UnrolledCell unrolled;

    /**
     * @param weights by tensor name, all of the shape's
     * @param learns whether gradients are kept
     */
    public TaggerNetwork(NetworkShape shape, Map<String, float[]> weights, boolean learns) {
        this.shape = shape;
        WordTable words = shape.words();
        this.frozenWords =
                LibTorch.of(words.frozen(), words.column().vocabulary().size(), words.width());
        shape.tensors().forEach((name, extents) -> {
            Tensor tensor = LibTorch.of(weights.getOrDefault(name, new float[0]), extents);
            tensor.set_requires_grad(learns);
            tensors.put(name, tensor);
        });
    }

    /**
     * @param h0 {@code [layers, turns, hidden]}
     * @param c0 the same; not read for a plain RNN
     * @param dropout the share of inputs and read-outs to leave out, 0 when not learning
     */
    public NetworkOutput forward(PackedBatch batch, float[] h0, float[] c0, double dropout) {
        NetworkSettings settings = shape.settings();
        long turns = batch.turns().size();
        Tensor sizes = LibTorch.of(batch.batchSizes());
        Tensor inputs = drop(embed(batch), dropout);
        Tensor h = LibTorch.of(h0, settings.layers(), turns, settings.hidden());
        Tensor c = settings.cell() == Cell.LSTM ? LibTorch.of(c0, settings.layers(), turns, settings.hidden()) : h;
        NetworkOutput states = unrolled == null
                ? recur(inputs, sizes, h, c, forwardWeights(), settings.layers(), dropout)
                : unrolled.run(inputs, batch.batchSizes(), h, c, forwardWeights(), settings.layers());
        Tensor outputs = states.logits().get(0);
        TensorVector parts = new TensorVector();
        for (long[] places : batch.readOut()) {
            parts.push_back(outputs.index_select(0, LibTorch.of(places)));
        }
        if (settings.backwardHidden() > 0) {
            Tensor zero = LibTorch.of(
                    new float[Math.toIntExact(turns * settings.backwardHidden())], 1, turns, settings.backwardHidden());
            Tensor reversed = LibTorch.of(batch.reversed());
            Tensor backward = recur(inputs.index_select(0, reversed), sizes, zero, zero, cellWeights("backward"), 1, 0)
                    .logits()
                    .get(0);
            parts.push_back(backward.index_select(0, reversed).index_select(0, LibTorch.of(batch.readOut()[0])));
        }
        Tensor readOut = drop(torch.cat(parts, 1), dropout);
        List<Tensor> logits = new ArrayList<>();
        for (LabelLayer layer : shape.layers()) {
            String name = "layer." + layer.name();
            logits.add(torch.linear(readOut, tensor(name + ".weight"), new TensorOptional(tensor(name + ".bias"))));
        }
        return new NetworkOutput(logits, states.h(), states.c());
    }

    /** From now on the forward layers go step by step, which is slow, and what passes through them can be looked at. */
    void unroll(UnrolledCell cell) {
        unrolled = cell;
    }

    private Tensor embed(PackedBatch batch) {
        TensorVector parts = new TensorVector();
        Tensor learned =
                torch.embedding(tensor(NetworkShape.WORD_EMBEDDING), LibTorch.of(batch.learnedRows()), 0, false, false);
        Tensor frozen = frozenWords.index_select(0, LibTorch.of(batch.ids()[0]));
        parts.push_back(frozen.add(learned));
        for (int column = 1; column < batch.ids().length; column++) {
            FeatureColumn feature = shape.columns().get(column);
            parts.push_back(torch.embedding(tensor("embedding." + feature.name()), LibTorch.of(batch.ids()[column])));
        }
        Tensor embedded = torch.cat(parts, 1);
        if (batch.window().length == 0) {
            return embedded;
        }
        TensorVector window = new TensorVector();
        for (long[] places : batch.window()) {
            window.push_back(embedded.index_select(0, LibTorch.of(places)));
        }
        return torch.cat(window, 1);
    }

    /** The outputs of the last layer, {@code [N, hidden]}, stand as the only logits. */
    private NetworkOutput recur(
            Tensor inputs, Tensor sizes, Tensor h, Tensor c, TensorVector weights, int layers, double dropout) {
        double between = layers > 1 ? dropout : 0;
        if (shape.settings().cell() == Cell.LSTM) {
            T_TensorTensorTensor_T result = torch.lstm(
                    inputs, sizes, new TensorVector(h, c), weights, true, layers, between, between > 0, false);
            return new NetworkOutput(List.of(result.get0()), result.get1(), result.get2());
        }
        T_TensorTensor_T result = torch.rnn_tanh(inputs, sizes, h, weights, true, layers, between, between > 0, false);
        return new NetworkOutput(List.of(result.get0()), result.get1(), result.get1());
    }

    private TensorVector forwardWeights() {
        TensorVector weights = new TensorVector();
        for (int layer = 0; layer < shape.settings().layers(); layer++) {
            addCell(weights, NetworkShape.forward(layer));
        }
        return weights;
    }

    private TensorVector cellWeights(String prefix) {
        TensorVector weights = new TensorVector();
        addCell(weights, prefix);
        return weights;
    }

    private void addCell(TensorVector weights, String prefix) {
        for (String part : List.of(".w_ih", ".w_hh", ".b_ih", ".b_hh")) {
            weights.push_back(tensor(prefix + part));
        }
    }

    private static Tensor drop(Tensor tensor, double share) {
        return share > 0 ? torch.dropout(tensor, share, true) : tensor;
    }

    /** In the shape's order. */
    public List<Tensor> tensors() {
        return List.copyOf(tensors.values());
    }

    private Tensor tensor(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException("the network has no tensor '" + name + "'");
        }
        return tensor;
    }

    /** A copy of the weights by tensor name. */
    public Map<String, float[]> weights() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> weights.put(name, LibTorch.values(tensor)));
        return weights;
    }

    /** Moves every weight towards another network's: {@code w = decay w + (1 - decay) other}. */
    public void follow(TaggerNetwork other, double decay) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode noGradients = new AutoGradMode(false)) {
            Scalar share = new Scalar(1 - decay);
            tensors.forEach((name, tensor) -> tensor.lerp_(other.tensor(name), share));
        }
    }

    /** Takes over weights, by tensor name. */
    void load(Map<String, float[]> weights) {
        try (PointerScope scope = new PointerScope();
                AutoGradMode noGradients = new AutoGradMode(false)) {
            shape.tensors().forEach((name, extents) -> {
                tensor(name).copy_(LibTorch.of(weights.getOrDefault(name, new float[0]), extents));
            });
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        frozenWords.close();
    }
}
