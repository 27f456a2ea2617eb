package io.tagstream.infer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.GraphSignature;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.model.TensorNames;
import io.tagstream.model.Vocabulary;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls a model to find what its declarations cannot tell: a length that was fixed while tracing, an embedding table of another size
 * than the vocabulary, labels and scores out of range.
 */
final class ModelProbe {
    private static final int[] LENGTHS = {1, 3};

    private final OnnxSession session;
    private final ModelContract contract;
    private final List<String> problems = new ArrayList<>();

    private ModelProbe(OnnxSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
    }

    /** What calls show to be wrong with lengths, labels and scores; only for a model whose signature keeps the contract. */
    static List<String> calls(OnnxSession session, ModelContract contract) {
        ModelProbe probe = new ModelProbe(session, contract);
        for (int length : LENGTHS) {
            probe.call(length);
        }
        return probe.problems;
    }

    /** Which vocabularies are of another size than their tables; only for a model whose inputs keep the contract. */
    static List<String> vocabularies(OnnxSession session, ModelContract contract) {
        ModelProbe probe = new ModelProbe(session, contract);
        FeatureColumn any = contract.columns().get(0);
        // A model that refuses every call would seem to refuse every vocabulary.
        if (probe.accepts(any, Vocabulary.UNKNOWN)) {
            contract.columns().forEach(probe::vocabulary);
        }
        return probe.problems;
    }

    private void call(int length) {
        try {
            run(length, Map.of(), result -> check(length, result));
        } catch (OrtException e) {
            problems.add("a call of " + length + " tokens fails (" + e.getMessage()
                    + "), expected calls of any length: export the model again with dynamic lengths");
        }
    }

    private void check(int length, OrtSession.Result result) throws OrtException {
        long[] perToken = {1, length};
        long[] state = {contract.layers(), 1, contract.hidden()};
        for (String name :
                session.signature().outputs().keySet().stream().sorted().toList()) {
            long[] expected = name.equals(TensorNames.HN) || name.equals(TensorNames.CN) ? state : perToken;
            OnnxTensor tensor = (OnnxTensor) result.get(name).orElseThrow();
            long[] shape = tensor.getInfo().getShape();
            // Probabilities have a third extent, which the signature has fixed.
            if (!Arrays.equals(Arrays.copyOf(shape, expected.length), expected)) {
                problems.add("output " + name + " has the shape " + Arrays.toString(shape) + " in a call of " + length
                        + " tokens and " + contract.lookAhead() + " end symbols, expected "
                        + Arrays.toString(expected)
                        + ": export the model again with dynamic lengths and a matching look-ahead");
                return;
            }
        }
        for (LabelLayer layer : contract.labelLayers()) {
            int[] labels = new int[length];
            float[] scores = new float[length];
            tensor(result, TensorNames.label(layer.name())).getIntBuffer().get(labels);
            tensor(result, TensorNames.score(layer.name())).getFloatBuffer().get(scores);
            for (int t = 0; t < length; t++) {
                if (labels[t] < 0 || labels[t] >= layer.tags().size()) {
                    problems.add("output " + TensorNames.label(layer.name()) + " gave " + labels[t] + ", expected 0 to "
                            + (layer.tags().size() - 1) + ": export the model again with matching labels");
                    return;
                }
                if (!(scores[t] >= 0 && scores[t] <= 1 + 1e-5f)) {
                    problems.add("output " + TensorNames.score(layer.name()) + " gave " + scores[t]
                            + ", expected a probability: export the model again with a softmax before it");
                    return;
                }
            }
        }
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    private void vocabulary(FeatureColumn column) {
        int size = column.vocabulary().size();
        String found = "input " + column.name();
        String todo = ": export the model again with the vocabulary that it was trained with";
        if (!accepts(column, size - 1)) {
            problems.add(found + " refuses id " + (size - 1) + " but the metadata lists a vocabulary of " + size
                    + " ids, expected an embedding table of as many rows" + todo);
        } else if (accepts(column, size)) {
            problems.add(found + " accepts id " + size + " but the metadata lists a vocabulary of " + size
                    + " ids, expected an embedding table of as many rows" + todo);
        }
    }

    private boolean accepts(FeatureColumn column, int id) {
        try {
            run(1, Map.of(column.name(), id), result -> {});
            return true;
        } catch (OrtException e) {
            return false;
        }
    }

    /** Calls the model on unknown forms from the zero state, but for the first token's ids that are given. */
    private void run(int length, Map<String, Integer> firstIds, Check check) throws OrtException {
        int all = length + contract.lookAhead();
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            for (FeatureColumn column : contract.columns()) {
                int[] ids = new int[all];
                Arrays.fill(ids, length, all, Vocabulary.END);
                ids[0] = firstIds.getOrDefault(column.name(), Vocabulary.UNKNOWN);
                inputs.put(
                        column.name(),
                        OnnxTensor.createTensor(session.environment(), IntBuffer.wrap(ids), new long[] {1, all}));
            }
            inputs.put(TensorNames.H0, zeroState());
            if (contract.cell() == Cell.LSTM) {
                inputs.put(TensorNames.C0, zeroState());
            }
            GraphSignature signature = session.signature();
            try (OrtSession.Result result =
                    session.run(inputs, signature.outputs().keySet())) {
                check.accept(result);
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private OnnxTensor zeroState() throws OrtException {
        return OnnxTensor.createTensor(session.environment(), FloatBuffer.allocate(contract.stateSize()), new long[] {
            contract.layers(), 1, contract.hidden()
        });
    }

    /** Looks at the outcome of a call. */
    private interface Check {
        void accept(OrtSession.Result result) throws OrtException;
    }
}
