package io.tagstream.network;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * How much of an error reaches how far back: the product of the factors dh_t/dh_(t-1) made visible.
 *
 * @param h for k = 0, 1, ... the norm of dE_t/dh_(t-k), averaged over the sequences measured
 * @param c the same of dE_t/dc_(t-k), the LSTM's memory; empty for a plain RNN
 */
public record GradientFlow(double[] h, double[] c) {
    public GradientFlow {
        h = h.clone();
        c = c.clone();
    }

    /**
     * Reads the gradients of an error that has been sent back.
     *
     * @param steps up to time t, the error's own
     * @param hasCell whether c is there
     */
    static GradientFlow of(List<UnrolledCell.Step> steps, boolean hasCell) {
        double[] h = new double[steps.size()];
        double[] c = new double[hasCell ? steps.size() : 0];
        for (int k = 0; k < h.length; k++) {
            UnrolledCell.Step step = steps.get(steps.size() - 1 - k);
            h[k] = norm(step.h());
            if (hasCell) {
                c[k] = norm(step.c());
            }
        }
        return new GradientFlow(h, c);
    }

    /** The Euclidean norm of the gradient, averaged over the rows; 0 where none arrived. */
    private static double norm(Tensor tensor) {
        Tensor gradient = tensor.grad();
        if (!gradient.defined()) {
            return 0;
        }
        float[] values = LibTorch.values(gradient);
        int rows = Math.toIntExact(gradient.size(0));
        int width = values.length / rows;
        double sum = 0;
        for (int row = 0; row < rows; row++) {
            double squares = 0;
            for (int i = 0; i < width; i++) {
                double value = values[row * width + i];
                squares += value * value;
            }
            sum += Math.sqrt(squares);
        }
        return sum / rows;
    }

    /** The same flow with every norm divided by the first, so that networks with different errors can be compared. */
    public GradientFlow relative() {
        return new GradientFlow(relative(h), relative(c));
    }

    private static double[] relative(double[] norms) {
        double[] relative = new double[norms.length];
        for (int k = 0; k < norms.length; k++) {
            relative[k] = norms[0] == 0 ? 0 : norms[k] / norms[0];
        }
        return relative;
    }
}
