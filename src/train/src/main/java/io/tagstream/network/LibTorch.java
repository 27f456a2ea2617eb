package io.tagstream.network;

import io.tagstream.recipe.TrainingException;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** libtorch's process-wide state, and numbers in and out of its tensors. */
@SuppressWarnings("try") // scopes are opened for what closing them frees
public final class LibTorch {
    private LibTorch() {}

    /**
     * One thread for everything: with two an epoch takes ten times as long, and sums would depend on how they are split.
     *
     * @throws TrainingException if the native libraries are not there for this platform
     */
    public static void start() {
        try {
            Loader.load(torch.class);
        } catch (LinkageError e) {
            throw new TrainingException(
                    "libtorch cannot be loaded on this platform; the build brings it for linux-x86_64", e);
        }
        openblas_nolapack.blas_set_num_threads(1);
        torch.set_num_threads(1);
    }

    /** Seeds libtorch's own generator, which dropout draws from. */
    public static void seed(long seed) {
        torch.manual_seed(seed);
    }

    static Tensor of(float[] values, long... shape) {
        return AbstractTensor.create(values, shape);
    }

    static Tensor of(long[] values) {
        return AbstractTensor.create(values, values.length);
    }

    public static float[] values(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            FloatPointer data = plain.data_ptr_float();
            data.get(values);
            return values;
        }
    }
}
