package io.tagstream.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.TensorNames;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Contract version 1: an input a feature column, and a label and a score output a label layer. */
final class ColumnTensors implements TokenTensors {
    private final OnnxSession session;
    private final ModelContract contract;
    private final DirectTensors tensors;
    private final IntBuffer[] ids;
    private final IntBuffer[] labels;
    private final FloatBuffer[] scores;
    private final float[] read = new float[SentenceTagger.PIECE];

    ColumnTensors(OnnxSession session, ModelContract contract, DirectTensors tensors) {
        this.session = session;
        this.contract = contract;
        this.tensors = tensors;
        this.ids = new IntBuffer[contract.columns().size()];
        for (int column = 0; column < ids.length; column++) {
            ids[column] = DirectTensors.ints(SentenceTagger.PIECE + contract.lookAhead());
        }
        int layers = contract.labelLayers().size();
        this.labels = new IntBuffer[layers];
        this.scores = new FloatBuffer[layers];
        for (int layer = 0; layer < layers; layer++) {
            labels[layer] = DirectTensors.ints(SentenceTagger.PIECE);
            scores[layer] = DirectTensors.floats(SentenceTagger.PIECE);
        }
    }

    @Override
    public void load(int[] ids) {
        int columns = this.ids.length;
        for (int at = 0; at < ids.length; at++) {
            this.ids[at % columns].put(at / columns, ids[at]);
        }
    }

    @Override
    public void add(int length, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        for (int column = 0; column < ids.length; column++) {
            String name = contract.columns().get(column).name();
            inputs.put(name, tensors.over(name, ids[column], 1, length + contract.lookAhead()));
        }
        List<LabelLayer> layers = contract.labelLayers();
        for (int layer = 0; layer < layers.size(); layer++) {
            String label = TensorNames.label(layers.get(layer).name());
            String score = TensorNames.score(layers.get(layer).name());
            outputs.put(label, tensors.over(label, labels[layer], 1, length));
            outputs.put(score, tensors.over(score, scores[layer], 1, length));
        }
    }

    @Override
    public void read(int length, int[][] labels, float[] scores) {
        this.scores[0].get(0, scores);
        for (int layer = 0; layer < labels.length; layer++) {
            this.labels[layer].get(0, labels[layer]);
            this.scores[layer].get(0, read, 0, length);
            for (int t = 0; t < length; t++) {
                if (Float.isNaN(read[t])) {
                    labels[layer][t] = Step.NONE;
                }
            }
        }
    }

    @Override
    public float[][][] weigh(OnnxStepper.Call call, int length, List<String> layers) throws OrtException {
        Set<String> outputs = new LinkedHashSet<>();
        for (String layer : layers) {
            String output = TensorNames.probabilities(layer);
            if (!session.signature().outputs().containsKey(output)) {
                throw new IllegalStateException("model " + session.source() + " has no output " + output);
            }
            outputs.add(output);
        }
        float[][][] probabilities = new float[layers.size()][][];
        try (OrtSession.Result result = session.run(call.inputs(), outputs, call.states())) {
            for (int layer = 0; layer < probabilities.length; layer++) {
                OnnxValue value =
                        result.get(TensorNames.probabilities(layers.get(layer))).orElseThrow();
                probabilities[layer] = ((float[][][]) value.getValue())[0];
            }
        }
        return probabilities;
    }
}
