package io.tagstream.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.GraphSignature;
import io.tagstream.model.IdLayout;
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
 * than the vocabulary, logits that are not finite.
 */
public final class ModelProbe {
    private static final int[] LENGTHS = {1, 3};
    private static final String REMEDY = ": export the model again with the vocabulary that it was trained with";

    private final OnnxSession session;
    private final ModelContract contract;
    private final IdLayout layout;
    private final List<String> problems = new ArrayList<>();

    private ModelProbe(OnnxSession session, ModelContract contract) {
        this.session = session;
        this.contract = contract;
        this.layout = IdLayout.of(contract);
    }

    /** What calls show to be wrong with lengths, labels and scores; only for a model whose signature keeps the contract. */
    public static List<String> calls(OnnxSession session, ModelContract contract) {
        ModelProbe probe = new ModelProbe(session, contract);
        for (int length : LENGTHS) {
            probe.call(length);
        }
        return probe.problems;
    }

    /** Which vocabularies are of another size than their tables; only for a model whose inputs keep the contract. */
    public static List<String> vocabularies(OnnxSession session, ModelContract contract) {
        ModelProbe probe = new ModelProbe(session, contract);
        // A model that refuses every call would seem to refuse every vocabulary.
        if (probe.accepts(probe.idsOf(Vocabulary.UNKNOWN))) {
            for (int column = 0; column < contract.columns().size(); column++) {
                // Where all columns share a table, one fault would be found in every column.
                if (!probe.vocabulary(column)) {
                    break;
                }
            }
        }
        return probe.problems;
    }

    private void call(int length) {
        try {
            run(length, idsOf(Vocabulary.UNKNOWN), result -> check(length, result));
        } catch (OrtException e) {
            problems.add("a call of " + length + " tokens fails (" + e.getMessage()
                    + "), expected calls of any length: export the model again with dynamic lengths");
        }
    }

    private void check(int length, OrtSession.Result result) throws OrtException {
        int spread = contract.spread();
        long[] perToken = {length + spread, (1L + spread) * contract.labels()};
        long[] state = {contract.layers(), 1, contract.hidden()};
        for (String name :
                session.signature().outputs().keySet().stream().sorted().toList()) {
            long[] expected = name.equals(TensorNames.HN) || name.equals(TensorNames.CN) ? state : perToken;
            long[] shape = tensor(result, name).getInfo().getShape();
            if (!Arrays.equals(shape, expected)) {
                problems.add("output " + name + " has the shape " + Arrays.toString(shape) + " in a call of " + length
                        + " tokens and " + contract.lookAhead() + " end symbols, expected "
                        + Arrays.toString(expected)
                        + ": export the model again with dynamic lengths and a matching look-ahead");
                return;
            }
        }
        checkLogits(result);
    }

    private void checkLogits(OrtSession.Result result) {
        FloatBuffer logits = tensor(result, TensorNames.LOGITS).getFloatBuffer();
        while (logits.hasRemaining()) {
            float logit = logits.get();
            if (!Float.isFinite(logit)) {
                problems.add("output " + TensorNames.LOGITS + " gave " + logit
                        + ", expected finite numbers: export the model again with finite weights");
                return;
            }
        }
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    /** Tries the last id of a column and one that is too large; says whether the table was as large as it must be. */
    private boolean vocabulary(int at) {
        FeatureColumn column = contract.columns().get(at);
        int size = column.vocabulary().size();
        int[] values = new int[contract.columns().size()];
        values[at] = size - 1;
        int[] last = layout.ids(values);
        int end = column.rows() - 1;
        for (int before = 0; before < at; before++) {
            end += contract.columns().get(before).rows();
        }
        int[] outside = last.clone();
        // In one table for all columns the ids of the next column follow.
        outside[end] = layout.size();
        String found = "input " + TensorNames.IDS;
        String where = " in column " + column.name();
        String expected = " but the metadata's vocabularies take " + layout.size() + " rows, expected as many";
        if (!accepts(last)) {
            problems.add(found + " refuses id " + last[end] + where + expected + REMEDY);
            return false;
        }
        if (accepts(outside)) {
            problems.add(found + " accepts id " + outside[end] + where + expected + REMEDY);
            return false;
        }
        return true;
    }

    private boolean accepts(int[] firstIds) {
        try {
            run(1, firstIds, result -> {});
            return true;
        } catch (OrtException e) {
            return false;
        }
    }

    /** The ids of a token that has the same value in all columns. */
    private int[] idsOf(int value) {
        int[] values = new int[contract.columns().size()];
        Arrays.fill(values, value);
        return layout.ids(values);
    }

    /** Calls the model on the same token so many times, and end symbols, from the zero state. */
    private void run(int length, int[] token, Check check) throws OrtException {
        int all = length + contract.lookAhead();
        int[][] rows = new int[all][];
        Arrays.fill(rows, 0, length, token);
        Arrays.fill(rows, length, all, idsOf(Vocabulary.END));
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            addIds(rows, inputs);
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

    private void addIds(int[][] rows, Map<String, OnnxTensor> inputs) throws OrtException {
        int[] ids = Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
        inputs.put(TensorNames.IDS, OnnxTensor.createTensor(session.environment(), IntBuffer.wrap(ids), new long[] {
            rows.length, layout.width()
        }));
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
