package io.tagstream.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What a batch gives.
 *
 * @param logits by label layer, {@code [M, labels]}
 * @param h the state after each turn's last input, {@code [layers, turns, hidden]}
 * @param c the same for c; h itself for a plain RNN
 */
public record NetworkOutput(List<Tensor> logits, Tensor h, Tensor c) {}
