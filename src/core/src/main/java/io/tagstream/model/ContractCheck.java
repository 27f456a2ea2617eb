package io.tagstream.model;

import io.tagstream.model.GraphSignature.Spec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Compares the inputs and outputs that a graph declares with those that the contract asks for. */
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
        expected.put(TensorNames.IDS, rows(INT32, IdLayout.of(contract).width()));
        expected.put(TensorNames.H0, state(contract));
        if (contract.cell() == Cell.LSTM) {
            expected.put(TensorNames.C0, state(contract));
        }
        ContractCheck check = new ContractCheck();
        check.compare("input", expected, signature.inputs());
        return check.problems;
    }

    /** All that differs in the outputs. */
    public static List<String> outputs(ModelContract contract, GraphSignature signature) {
        Map<String, Spec> expected = new LinkedHashMap<>();
        expected.put(TensorNames.HN, state(contract));
        if (contract.cell() == Cell.LSTM) {
            expected.put(TensorNames.CN, state(contract));
        }
        expected.put(TensorNames.LOGITS, rows(FLOAT, (1L + contract.spread()) * contract.labels()));
        ContractCheck check = new ContractCheck();
        check.compare("output", expected, signature.outputs());
        return check.problems;
    }

    /** One row per token. */
    private static Spec rows(String type, long width) {
        return new Spec(type, List.of(GraphSignature.DYNAMIC, width));
    }

    private static Spec state(ModelContract contract) {
        return new Spec(FLOAT, List.of((long) contract.layers(), BATCH, (long) contract.hidden()));
    }

    private void compare(String kind, Map<String, Spec> expected, Map<String, Spec> found) {
        expected.forEach((name, spec) -> {
            Spec declared = found.get(name);
            if (declared != null) {
                compare(kind + " " + name, spec, declared);
            } else {
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
        long batch = found.dimensions().get(1);
        if (batch != BATCH && batch != GraphSignature.DYNAMIC) {
            problems.add(tensor + " has a fixed batch of " + batch + ", expected " + BATCH + AGAIN
                    + "with one sentence a call");
        }
        long layers = found.dimensions().get(0);
        long hidden = found.dimensions().get(2);
        if (layers != expected.dimensions().get(0)
                || hidden != expected.dimensions().get(2)) {
            problems.add(tensor + " is " + found + " but the metadata says " + expected + AGAIN + "with matching "
                    + ModelMetadata.LAYERS + " and " + ModelMetadata.HIDDEN);
        }
    }

    private void compareRows(String tensor, Spec expected, Spec found) {
        dynamic(tensor, found);
        long width = found.dimensions().get(1);
        if (width == GraphSignature.DYNAMIC) {
            problems.add(tensor + " does not declare its width, expected "
                    + expected.dimensions().get(1) + AGAIN + "with a fixed axis 1");
        } else if (width != expected.dimensions().get(1)) {
            problems.add(tensor + " is " + width + " wide but the metadata says "
                    + expected.dimensions().get(1) + AGAIN + "with matching columns and labels");
        }
    }

    private void dynamic(String tensor, Spec found) {
        long length = found.dimensions().get(0);
        if (length != GraphSignature.DYNAMIC) {
            problems.add(tensor + " has a fixed length of " + length + ", expected a dynamic one" + AGAIN
                    + "with a dynamic axis 0");
        }
    }
}
