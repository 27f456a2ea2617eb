package io.tagstream.model;

import io.tagstream.model.GraphSignature.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares the inputs and outputs that a graph declares with those that its version of the contract asks for. */
public final class ContractCheck {
    private static final String FLOAT = "float";
    private static final String INT32 = "int32";
    private static final String AGAIN = ": export the model again ";
    /** The extent of the batch: one sentence. */
    private static final long BATCH = 1;

    private final List<String> problems = new ArrayList<>();

    private ContractCheck() {}

    /** All that differs in the inputs, each with what was found, what was expected and what to do. */
    public static List<String> inputs(ModelContract contract, GraphSignature signature) {
        Map<String, Spec> expected = new LinkedHashMap<>();
        if (contract.version() == ModelContract.FIRST) {
            contract.columns().forEach(column -> expected.put(column.name(), perToken(INT32)));
        } else {
            expected.put(TensorNames.IDS, rows(INT32, IdLayout.of(contract).width()));
        }
        expected.put(TensorNames.H0, state(contract));
        if (contract.cell() == Cell.LSTM) {
            expected.put(TensorNames.C0, state(contract));
        }
        ContractCheck check = new ContractCheck();
        check.compare("input", expected, signature.inputs(), Set.of());
        return check.problems;
    }

    /** All that differs in the outputs. */
    public static List<String> outputs(ModelContract contract, GraphSignature signature) {
        Map<String, Spec> expected = new LinkedHashMap<>();
        expected.put(TensorNames.HN, state(contract));
        if (contract.cell() == Cell.LSTM) {
            expected.put(TensorNames.CN, state(contract));
        }
        ContractCheck check = new ContractCheck();
        if (contract.version() != ModelContract.FIRST) {
            expected.put(TensorNames.LOGITS, rows(FLOAT, (1L + contract.spread()) * contract.labels()));
            check.compare("output", expected, signature.outputs(), Set.of());
            return check.problems;
        }
        Set<String> optional = new TreeSet<>();
        for (LabelLayer layer : contract.labelLayers()) {
            expected.put(TensorNames.label(layer.name()), perToken(INT32));
            expected.put(TensorNames.score(layer.name()), perToken(FLOAT));
            String probabilities = TensorNames.probabilities(layer.name());
            optional.add(probabilities);
            long labels = layer.tags().size();
            expected.put(probabilities, new Spec(FLOAT, List.of(BATCH, GraphSignature.DYNAMIC, labels)));
        }
        check.compare("output", expected, signature.outputs(), optional);
        for (LabelLayer layer : contract.labelLayers()) {
            check.width(layer, signature.outputs().get(TensorNames.probabilities(layer.name())));
        }
        return check.problems;
    }

    private static Spec perToken(String type) {
        return new Spec(type, List.of(BATCH, GraphSignature.DYNAMIC));
    }

    /** A row a token, of version 2. */
    private static Spec rows(String type, long width) {
        return new Spec(type, List.of(GraphSignature.DYNAMIC, width));
    }

    private static Spec state(ModelContract contract) {
        return new Spec(FLOAT, List.of((long) contract.layers(), BATCH, (long) contract.hidden()));
    }

    private void compare(String kind, Map<String, Spec> expected, Map<String, Spec> found, Set<String> optional) {
        expected.forEach((name, spec) -> {
            Spec declared = found.get(name);
            if (declared != null) {
                compare(kind + " " + name, spec, declared);
            } else if (!optional.contains(name)) {
                problems.add(kind + " " + name + " is missing, expected " + spec + AGAIN + "with it");
            }
        });
        for (String name : new TreeSet<>(found.keySet())) {
            if (!expected.containsKey(name)) {
                problems.add(kind + " " + name + " (" + found.get(name) + ") is not in the contract, expected only "
                        + String.join(", ", expected.keySet()) + AGAIN + "without it");
            }
        }
    }

    private void compare(String tensor, Spec expected, Spec found) {
        if (!found.type().equals(expected.type())) {
            problems.add(tensor + " is " + found.type() + ", expected " + expected.type() + AGAIN + "with a cast to "
                    + expected.type());
        }
        if (found.dimensions().size() != expected.dimensions().size()) {
            problems.add(tensor + " is " + found + ", expected " + expected + AGAIN + "with that shape");
            return;
        }
        if (expected.dimensions().get(0) == GraphSignature.DYNAMIC) {
            compareRows(tensor, expected, found);
            return;
        }
        boolean state = expected.dimensions().get(1) == BATCH;
        int batchAt = state ? 1 : 0;
        long batch = found.dimensions().get(batchAt);
        if (batch != BATCH && batch != GraphSignature.DYNAMIC) {
            problems.add(tensor + " has a fixed batch of " + batch + ", expected " + BATCH + AGAIN
                    + "with one sentence a call");
        }
        if (state) {
            long layers = found.dimensions().get(0);
            long hidden = found.dimensions().get(2);
            if (layers != expected.dimensions().get(0)
                    || hidden != expected.dimensions().get(2)) {
                problems.add(tensor + " is " + found + " but the metadata says " + expected + AGAIN + "with matching "
                        + ModelMetadata.LAYERS + " and " + ModelMetadata.HIDDEN);
            }
        } else {
            dynamic(tensor, found, 1);
        }
    }

    private void compareRows(String tensor, Spec expected, Spec found) {
        dynamic(tensor, found, 0);
        long width = found.dimensions().get(1);
        if (width == GraphSignature.DYNAMIC) {
            problems.add(tensor + " does not declare its width, expected "
                    + expected.dimensions().get(1) + AGAIN + "with a fixed axis 1");
        } else if (width != expected.dimensions().get(1)) {
            problems.add(tensor + " is " + width + " wide but the metadata says "
                    + expected.dimensions().get(1) + AGAIN + "with matching columns and labels");
        }
    }

    private void dynamic(String tensor, Spec found, int axis) {
        long length = found.dimensions().get(axis);
        if (length != GraphSignature.DYNAMIC) {
            problems.add(tensor + " has a fixed length of " + length + ", expected a dynamic one" + AGAIN
                    + "with a dynamic axis " + axis);
        }
    }

    private void width(LabelLayer layer, @Nullable Spec probabilities) {
        if (probabilities == null || probabilities.dimensions().size() != 3) {
            return;
        }
        long width = probabilities.dimensions().get(2);
        String output = "output " + TensorNames.probabilities(layer.name());
        if (width == GraphSignature.DYNAMIC) {
            problems.add(output + " does not declare its width, expected "
                    + layer.tags().size() + AGAIN + "with a fixed axis 2");
        } else if (width != layer.tags().size()) {
            problems.add(output + " is " + width + " wide but the metadata lists "
                    + layer.tags().size() + " labels" + AGAIN + "with matching labels");
        }
    }
}
