package io.tagstream.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Map;

/** The tensors of a call that have an entry a token: ids in, labels out. What they are is all that versions of the contract differ in. */
interface TokenTensors {
    /** Puts the ids of a call, {@code [N, ids a token]} row by row, where its input tensors read them. */
    void load(int[] ids);

    /** Makes the tensors of a call of {@code length} tokens. */
    void add(int length, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs);

    /** Reads a finished call's labels and scores as {@link Step} has them. */
    void read(int length, int[][] labels, float[] scores);

    /**
     * Runs a call that is loaded and reads the probabilities of some layers, {@code [layers][T][labels]}. Off the hot path.
     *
     * @throws IllegalStateException if the model does not offer them
     */
    float[][][] weigh(OnnxStepper.Call call, int length, List<String> layers) throws OrtException;
}
