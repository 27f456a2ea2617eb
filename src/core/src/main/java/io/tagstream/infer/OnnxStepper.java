package io.tagstream.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import io.tagstream.model.Cell;
import io.tagstream.model.ModelContract;
import io.tagstream.model.TensorNames;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Steps by ONNX Runtime. All inputs and outputs live in direct buffers of this instance; the tensors over them are made once for
 * every length of call and kept, so that a call in the steady state makes no tensor. Belongs to one thread; closed before the session.
 */
final class OnnxStepper implements Stepper {
    private final OnnxSession session;
    private final ModelContract contract;
    private final DirectTensors tensors;
    private final TokenTensors tokens;
    private final FloatBuffer h0;
    private final FloatBuffer c0;
    private final FloatBuffer hn;
    private final FloatBuffer cn;
    /** By the number of tokens. */
    private final @Nullable Call[] calls = new Call[SentenceTagger.PIECE + 1];
    /** The state's tensors are the same in every call. */
    private final Map<String, OnnxTensor> before = new LinkedHashMap<>();

    private final Map<String, OnnxTensor> after = new LinkedHashMap<>();

    OnnxStepper(OnnxSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
        this.tensors = new DirectTensors(session);
        this.tokens = contract.version() == ModelContract.FIRST
                ? new ColumnTensors(session, contract, tensors)
                : new RowTensors(session, contract, tensors);
        int size = contract.stateSize();
        int cellSize = contract.cell() == Cell.LSTM ? size : 0;
        this.h0 = DirectTensors.floats(size);
        this.c0 = DirectTensors.floats(cellSize);
        this.hn = DirectTensors.floats(size);
        this.cn = DirectTensors.floats(cellSize);
        long[] shape = {contract.layers(), 1, contract.hidden()};
        before.put(TensorNames.H0, tensors.over(TensorNames.H0, h0, shape));
        after.put(TensorNames.HN, tensors.over(TensorNames.HN, hn, shape));
        if (cellSize > 0) {
            before.put(TensorNames.C0, tensors.over(TensorNames.C0, c0, shape));
            after.put(TensorNames.CN, tensors.over(TensorNames.CN, cn, shape));
        }
    }

    @Override
    public Step step(int[] ids, int length, HiddenState state) {
        load(ids, length, state);
        Call call = call(length);
        try {
            session.run(call.inputs(), call.outputs());
        } catch (OrtException e) {
            throw session.failed("a call of " + length + " tokens", e);
        }
        int[][] labels = new int[contract.labelLayers().size()][length];
        float[] scores = new float[length];
        tokens.read(length, labels, scores);
        return new Step(labels, scores, next(state));
    }

    /**
     * The probabilities of some layers, {@code [layers][T][labels]}, and the state after; all from one call. Off the hot path.
     *
     * @throws IllegalStateException if the model does not offer them
     */
    Weighed weigh(int[] ids, int length, HiddenState state, List<String> layers) {
        load(ids, length, state);
        try {
            return new Weighed(tokens.weigh(call(length), length, layers), next(state));
        } catch (OrtException e) {
            throw session.failed("probabilities of " + length + " tokens", e);
        }
    }

    private void load(int[] ids, int length, HiddenState state) {
        if (length < 1 || length > SentenceTagger.PIECE) {
            throw new IllegalArgumentException(
                    "a call takes 1 to " + SentenceTagger.PIECE + " tokens, these are " + length);
        }
        if (state.h().length != h0.capacity() || state.c().length != c0.capacity()) {
            throw new IllegalArgumentException("the state has " + state.h().length + " + " + state.c().length
                    + " floats, expected " + h0.capacity() + " + " + c0.capacity());
        }
        tokens.load(ids);
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
            Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
            Map<String, OnnxTensor> outputs = new LinkedHashMap<>();
            tokens.add(length, inputs, outputs);
            inputs.putAll(before);
            outputs.putAll(after);
            call = new Call(inputs, outputs, after);
            calls[length] = call;
        }
        return call;
    }

    @Override
    public void close() {
        tensors.close();
    }

    /** The tensors of a call of one length; {@code states} are those outputs that hold the state after it. */
    record Call(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs, Map<String, OnnxTensor> states) {}
}
