package io.tagstream.network;

import io.tagstream.model.Cell;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Forward layers stepped by hand, as the equations have them, so that gates can be read and gradients asked for at each step. Gives what
 * libtorch's own {@code lstm} and {@code rnn_tanh} give. Keeps the last run's steps of the top layer; they belong to the caller's pointer
 * scope. For one thread.
 */
final class UnrolledCell {
    private static final int GATES = 4;
    private static final int PARTS = 4;

    private final Cell cell;
    private final List<Step> steps = new ArrayList<>();

    UnrolledCell(Cell cell) {
        this.cell = cell;
    }

    /**
     * One step of the top layer for n turns, each tensor {@code [n, hidden]}. In a plain RNN all but h are h itself.
     *
     * @param h the state put out
     * @param c the cell's memory
     * @param input the input gate, 0 to 1
     * @param forget the forget gate, 0 to 1: the share of c that stays
     * @param output the output gate, 0 to 1
     */
    record Step(Tensor h, Tensor c, Tensor input, Tensor forget, Tensor output) {}

    List<Step> steps() {
        return Collections.unmodifiableList(steps);
    }

    /**
     * @param inputs packed time by time, {@code [N, width]}
     * @param sizes by time, how many turns go on; never rising
     * @param h0 {@code [layers, turns, hidden]}
     * @param c0 the same; not read for a plain RNN
     * @param weights w_ih, w_hh, b_ih, b_hh layer by layer
     */
    NetworkOutput run(Tensor inputs, long[] sizes, Tensor h0, Tensor c0, TensorVector weights, int layers) {
        Tensor packed = inputs;
        TensorVector hn = new TensorVector();
        TensorVector cn = new TensorVector();
        for (int layer = 0; layer < layers; layer++) {
            steps.clear();
            layer(packed, sizes, h0.select(0, layer), c0.select(0, layer), weights, layer * PARTS);
            TensorVector outputs = new TensorVector();
            steps.forEach(step -> outputs.push_back(step.h()));
            packed = torch.cat(outputs, 0);
            TensorVector lastH = new TensorVector();
            TensorVector lastC = new TensorVector();
            // The longest turns come first and end last.
            long ended = 0;
            for (int t = sizes.length - 1; t >= 0; t--) {
                if (sizes[t] > ended) {
                    lastH.push_back(steps.get(t).h().narrow(0, ended, sizes[t] - ended));
                    lastC.push_back(steps.get(t).c().narrow(0, ended, sizes[t] - ended));
                    ended = sizes[t];
                }
            }
            hn.push_back(torch.cat(lastH, 0));
            cn.push_back(torch.cat(lastC, 0));
        }
        return new NetworkOutput(List.of(packed), torch.stack(hn, 0), torch.stack(cn, 0));
    }

    private void layer(Tensor inputs, long[] sizes, Tensor h0, Tensor c0, TensorVector weights, int at) {
        TensorOptional inputBias = new TensorOptional(weights.get(at + 2));
        TensorOptional hiddenBias = new TensorOptional(weights.get(at + 3));
        Tensor h = h0;
        Tensor c = c0;
        long offset = 0;
        for (long size : sizes) {
            Tensor x = inputs.narrow(0, offset, size);
            Tensor sum = torch.linear(x, weights.get(at), inputBias)
                    .add(torch.linear(h.narrow(0, 0, size), weights.get(at + 1), hiddenBias));
            Step step = cell == Cell.LSTM ? lstm(sum, c.narrow(0, 0, size)) : rnn(sum);
            steps.add(step);
            h = step.h();
            c = step.c();
            offset += size;
        }
    }

    private static Step rnn(Tensor sum) {
        Tensor h = kept(torch.tanh(sum));
        return new Step(h, h, h, h, h);
    }

    private static Step lstm(Tensor sum, Tensor before) {
        TensorVector gates = sum.chunk(GATES, 1);
        Tensor input = torch.sigmoid(gates.get(0));
        Tensor forget = torch.sigmoid(gates.get(1));
        Tensor output = torch.sigmoid(gates.get(3));
        Tensor c = kept(forget.mul(before).add(input.mul(torch.tanh(gates.get(2)))));
        Tensor h = kept(output.mul(torch.tanh(c)));
        return new Step(h, c, input, forget, output);
    }

    private static Tensor kept(Tensor tensor) {
        if (tensor.requires_grad()) {
            tensor.retain_grad();
        }
        return tensor;
    }
}
