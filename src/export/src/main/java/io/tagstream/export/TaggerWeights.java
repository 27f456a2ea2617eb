package io.tagstream.export;

import java.util.Map;

/**
 * The weights of a tagger by name, in PyTorch's layout (gate order i, f, g, o). H is the hidden width, G is 4H for an LSTM and
 * H for an RNN, L the look-ahead.
 *
 * <ul>
 *   <li>{@code embedding.COLUMN}: {@code [vocabulary size, any width]}; the columns are concatenated in the contract's order
 *   <li>{@code forward.LAYER.w_ih} {@code [G, inputs]}, {@code .w_hh} {@code [G, H]}, {@code .b_ih} and {@code .b_hh} {@code [G]}, layers from 0
 *   <li>{@code backward.w_ih} and so on, the same with the backward width, where there is a backward layer; its inputs are the embeddings
 *   <li>{@code layer.NAME.weight} {@code [labels, R]} and {@code .bias} {@code [labels]}, over the read-out
 *       {@code [h_t, h_t+1, .. h_t+L, b_t]}, R = H (1 + L) + backward width
 * </ul>
 *
 * With a window the look-ahead is at the input instead: the first forward layer and the backward one read at t the embeddings of
 * t, t + 1, .. t + L side by side, make T steps rather than T + L, and R = H + backward width. {@code w_ih}'s width tells which it is.
 */
public record TaggerWeights(Map<String, Tensor> tensors) {
    public TaggerWeights {
        tensors = Map.copyOf(tensors);
    }

    /** Whether the look-ahead is at the input: the first layer's weights are for embeddings of {@code 1 + lookAhead} tokens. */
    boolean windowed(int lookAhead, int width) {
        int[] shape = get("forward.0.w_ih").shape();
        return lookAhead > 0 && shape.length == 2 && shape[1] == width * (1 + lookAhead);
    }

    /** @throws IllegalArgumentException if there is no such tensor */
    public Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("the weights lack '" + name + "'");
        }
        return tensor;
    }
}
