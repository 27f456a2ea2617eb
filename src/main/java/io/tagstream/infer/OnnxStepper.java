package io.tagstream.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.TensorNames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Steps by ONNX Runtime. All inputs and outputs live in direct buffers of this instance; the tensors over them are made once for
 * every length of call and kept, so that a call in the steady state makes no tensor. Belongs to one thread; closed before the session.
 */
final class OnnxStepper implements Stepper {
    private final OnnxSession session;
    private final ModelContract contract;
    private final IntBuffer[] ids;
    private final FloatBuffer h0;
    private final FloatBuffer c0;
    private final FloatBuffer hn;
    private final FloatBuffer cn;
    private final IntBuffer[] labels;
    private final FloatBuffer[] scores;
    /** By the number of tokens. */
    private final @Nullable Call[] calls = new Call[SentenceTagger.PIECE + 1];
    /** The state's tensors are the same in every call. */
    private final Call state;

    private final List<OnnxTensor> tensors = new ArrayList<>();

    OnnxStepper(OnnxSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
        this.ids = new IntBuffer[contract.columns().size()];
        for (int column = 0; column < ids.length; column++) {
            ids[column] = direct(SentenceTagger.PIECE + contract.lookAhead()).asIntBuffer();
        }
        int size = contract.stateSize();
        this.h0 = direct(size).asFloatBuffer();
        this.c0 = direct(size).asFloatBuffer();
        this.hn = direct(size).asFloatBuffer();
        this.cn = direct(size).asFloatBuffer();
        int layers = contract.labelLayers().size();
        this.labels = new IntBuffer[layers];
        this.scores = new FloatBuffer[layers];
        for (int layer = 0; layer < layers; layer++) {
            labels[layer] = direct(SentenceTagger.PIECE).asIntBuffer();
            scores[layer] = direct(SentenceTagger.PIECE).asFloatBuffer();
        }
        this.state = stateTensors();
    }

    /** Room for some floats or ints, both 4 bytes wide. */
    private static ByteBuffer direct(int values) {
        return ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    @Override
    public Step step(int[][] ids, int length, HiddenState state) {
        load(ids, length, state);
        Call call = call(length);
        try {
            session.run(call.inputs(), call.outputs());
        } catch (OrtException e) {
            throw session.failed("a call of " + length + " tokens", e);
        }
        int[][] bestLabels = new int[labels.length][length];
        float[][] bestScores = new float[labels.length][length];
        for (int layer = 0; layer < labels.length; layer++) {
            labels[layer].get(0, bestLabels[layer]);
            scores[layer].get(0, bestScores[layer]);
        }
        return new Step(bestLabels, bestScores, next(state));
    }

    /**
     * The probability of every label of a layer, {@code [T][labels]}, for the same arguments as {@link #step}. Off the hot path.
     *
     * @throws IllegalStateException if the model does not offer them
     */
    float[][] probabilities(int[][] ids, int length, HiddenState state, String layer) {
        String output = TensorNames.probabilities(layer);
        if (!session.signature().outputs().containsKey(output)) {
            throw new IllegalStateException("model " + session.source() + " has no output " + output);
        }
        load(ids, length, state);
        try (OrtSession.Result result = session.run(call(length).inputs(), Set.of(output))) {
            return ((float[][][]) result.get(0).getValue())[0];
        } catch (OrtException e) {
            throw session.failed("output " + output, e);
        }
    }

    /**
     * The probabilities of some layers, {@code [layers][T][labels]}, and the state after; all from one call. Off the hot path.
     *
     * @throws IllegalStateException if the model does not offer them
     */
    Weighed weigh(int[][] ids, int length, HiddenState state, List<String> layers) {
        Set<String> outputs = new LinkedHashSet<>();
        for (String layer : layers) {
            String output = TensorNames.probabilities(layer);
            if (!session.signature().outputs().containsKey(output)) {
                throw new IllegalStateException("model " + session.source() + " has no output " + output);
            }
            outputs.add(output);
        }
        load(ids, length, state);
        Call call = call(length);
        try (OrtSession.Result result = session.run(call.inputs(), outputs, this.state.outputs())) {
            float[][][] probabilities = new float[layers.size()][][];
            for (int layer = 0; layer < probabilities.length; layer++) {
                OnnxValue value =
                        result.get(TensorNames.probabilities(layers.get(layer))).orElseThrow();
                probabilities[layer] = ((float[][][]) value.getValue())[0];
            }
            return new Weighed(probabilities, next(state));
        } catch (OrtException e) {
            throw session.failed("probabilities of " + length + " tokens", e);
        }
    }

    /** What {@link #weigh} gives. */
    record Weighed(float[][][] probabilities, HiddenState next) {}

    private void load(int[][] ids, int length, HiddenState state) {
        if (length < 1 || length > SentenceTagger.PIECE) {
            throw new IllegalArgumentException(
                    "a call takes 1 to " + SentenceTagger.PIECE + " tokens, these are " + length);
        }
        int size = contract.stateSize();
        int cellSize = contract.cell() == Cell.LSTM ? size : 0;
        if (state.h().length != size || state.c().length != cellSize) {
            throw new IllegalArgumentException("the state has " + state.h().length + " + " + state.c().length
                    + " floats, expected " + size + " + " + cellSize);
        }
        for (int column = 0; column < this.ids.length; column++) {
            this.ids[column].put(0, ids[column], 0, length + contract.lookAhead());
        }
        h0.put(0, state.h());
        c0.put(0, state.c());
    }

    private HiddenState next(HiddenState before) {
        float[] h = new float[before.h().length];
        float[] c = new float[before.c().length];
        hn.get(0, h);
        cn.get(0, c);
        return new HiddenState(h, c);
    }

    private Call call(int length) {
        Call call = calls[length];
        if (call == null) {
            call = newCall(length);
            calls[length] = call;
        }
        return call;
    }

    private Call newCall(int length) {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        List<FeatureColumn> columns = contract.columns();
        for (int column = 0; column < columns.size(); column++) {
            String name = columns.get(column).name();
            inputs.put(name, tensor(name, ids[column], 1, length + contract.lookAhead()));
        }
        List<LabelLayer> layers = contract.labelLayers();
        for (int layer = 0; layer < layers.size(); layer++) {
            String label = TensorNames.label(layers.get(layer).name());
            String score = TensorNames.score(layers.get(layer).name());
            outputs.put(label, tensor(label, labels[layer], 1, length));
            outputs.put(score, tensor(score, scores[layer], 1, length));
        }
        inputs.putAll(state.inputs());
        outputs.putAll(state.outputs());
        return new Call(inputs, outputs);
    }

    private Call stateTensors() {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
        long[] shape = {contract.layers(), 1, contract.hidden()};
        inputs.put(TensorNames.H0, tensor(TensorNames.H0, h0, shape));
        outputs.put(TensorNames.HN, tensor(TensorNames.HN, hn, shape));
        if (contract.cell() == Cell.LSTM) {
            inputs.put(TensorNames.C0, tensor(TensorNames.C0, c0, shape));
            outputs.put(TensorNames.CN, tensor(TensorNames.CN, cn, shape));
        }
        return new Call(inputs, outputs);
    }

    private OnnxTensor tensor(String name, IntBuffer values, long... shape) {
        try {
            return kept(OnnxTensor.createTensor(session.environment(), values.slice(0, size(shape)), shape));
        } catch (OrtException e) {
            throw session.failed("tensor " + name, e);
        }
    }

    private OnnxTensor tensor(String name, FloatBuffer values, long... shape) {
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
        for (OnnxTensor tensor : tensors) {
            tensor.close();
        }
        tensors.clear();
    }

    /** The tensors of a call of one length. */
    private record Call(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {}
}
