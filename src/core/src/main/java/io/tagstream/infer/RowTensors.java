package io.tagstream.infer;

import ai.onnxruntime.OnnxTensor;
import io.tagstream.model.IdLayout;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.TensorNames;
import io.tagstream.onnx.DirectTensors;
import io.tagstream.onnx.OnnxSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.List;
import java.util.Map;

/** The tensors of a call that have a row per token: ids in, logits of all label layers out, in blocks if there is a spread. */
final class RowTensors {
    private final OnnxSession session;
    private final ModelContract contract;
    private final DirectTensors tensors;
    private final int idsPerToken;
    private final int labels;
    private final int spread;
    private final int rowWidth;
    /** The number of labels of each layer. */
    private final int[] sizes;

    private final IntBuffer ids;
    private final FloatBuffer logits;
    private final float[] read;

    RowTensors(OnnxSession session, ModelContract contract, DirectTensors tensors) {
        this.session = session;
        this.contract = contract;
        this.tensors = tensors;
        this.idsPerToken = IdLayout.of(contract).width();
        this.labels = contract.labels();
        this.spread = contract.spread();
        this.rowWidth = (1 + spread) * labels;
        this.sizes = contract.labelLayers().stream()
                .mapToInt(layer -> layer.tags().size())
                .toArray();
        this.ids = DirectTensors.ints((SentenceTagger.PIECE + contract.lookAhead()) * idsPerToken);
        this.logits = DirectTensors.floats((SentenceTagger.PIECE + spread) * rowWidth);
        this.read = new float[logits.capacity()];
    }

    /** Puts the ids of a call, {@code [N, ids]} row by row, where its input tensor reads them. */
    void load(int[] ids) {
        this.ids.put(0, ids);
    }

    /** Makes the tensors of a call of {@code length} tokens. */
    void add(int length, Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> outputs) {
        inputs.put(TensorNames.IDS, tensors.over(TensorNames.IDS, ids, length + contract.lookAhead(), idsPerToken));
        outputs.put(TensorNames.LOGITS, tensors.over(TensorNames.LOGITS, logits, length + spread, rowWidth));
    }

    /** Reads a finished call's labels and scores as {@link Step} has them. */
    void read(int length, int[][] labels, float[] scores) {
        gather(length);
        for (int t = 0; t < length; t++) {
            int from = t * rowWidth;
            for (int layer = 0; layer < sizes.length; layer++) {
                int best = Logits.best(read, from, sizes[layer]);
                labels[layer][t] = best;
                if (layer == 0) {
                    scores[t] = best == Step.NONE ? Float.NaN : Logits.share(read, from, sizes[0], best);
                }
                from += sizes[layer];
            }
        }
    }

    /** Reads the logits of some tokens into the first block of each one's row. */
    private void gather(int length) {
        logits.get(0, read, 0, (length + spread) * rowWidth);
        for (int ahead = 1; ahead <= spread; ahead++) {
            for (int t = 0; t < length; t++) {
                int to = t * rowWidth;
                int from = (t + ahead) * rowWidth + ahead * labels;
                for (int label = 0; label < labels; label++) {
                    read[to + label] += read[from + label];
                }
            }
        }
    }

    /**
     * Reads the probabilities of some layers off a finished call, {@code [layers][T][labels]}. Off the hot path.
     *
     * @throws IllegalStateException if the model has no such layer
     */
    float[][][] weigh(int length, List<String> layers) {
        gather(length);
        float[][][] probabilities = new float[layers.size()][length][];
        for (int at = 0; at < probabilities.length; at++) {
            int layer = contract.labelLayers().stream()
                    .map(LabelLayer::name)
                    .toList()
                    .indexOf(layers.get(at));
            if (layer < 0) {
                throw new IllegalStateException("model " + session.source() + " has no label layer " + layers.get(at));
            }
            int from = 0;
            for (int before = 0; before < layer; before++) {
                from += sizes[before];
            }
            for (int t = 0; t < length; t++) {
                probabilities[at][t] = Logits.softmax(read, t * rowWidth + from, sizes[layer]);
            }
        }
        return probabilities;
    }
}
