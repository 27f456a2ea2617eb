package io.tagstream.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;

/** Makes tensors over the beginnings of direct buffers and closes them all together. For one thread. */
public final class DirectTensors implements AutoCloseable {
    private final OnnxSession session;
    private final List<OnnxTensor> tensors = new ArrayList<>();

    public DirectTensors(OnnxSession session) {
        this.session = session;
    }

    public static FloatBuffer floats(int count) {
        return direct(count).asFloatBuffer();
    }

    public static IntBuffer ints(int count) {
        return direct(count).asIntBuffer();
    }

    /** Room for some floats or ints, both 4 bytes wide. */
    private static ByteBuffer direct(int count) {
        return ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    public OnnxTensor over(String name, IntBuffer values, long... shape) {
        try {
            return kept(OnnxTensor.createTensor(session.environment(), values.slice(0, size(shape)), shape));
        } catch (OrtException e) {
            throw session.failed("tensor " + name, e);
        }
    }

    public OnnxTensor over(String name, FloatBuffer values, long... shape) {
        try {
            return kept(OnnxTensor.createTensor(session.environment(), values.slice(0, size(shape)), shape));
        } catch (OrtException e) {
            throw session.failed("tensor " + name, e);
        }
    }

    private OnnxTensor kept(OnnxTensor tensor) {
        tensors.add(tensor);
        return tensor;
    }

    private static int size(long[] shape) {
        int size = 1;
        for (long extent : shape) {
            size *= Math.toIntExact(extent);
        }
        return size;
    }

    @Override
    public void close() {
        tensors.forEach(OnnxTensor::close);
        tensors.clear();
    }
}
