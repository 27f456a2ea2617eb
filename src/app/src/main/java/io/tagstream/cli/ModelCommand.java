package io.tagstream.cli;

import io.tagstream.infer.TaggerModel;
import io.tagstream.model.Cell;
import io.tagstream.model.FeatureColumn;
import io.tagstream.model.LabelLayer;
import io.tagstream.model.ModelContract;
import io.tagstream.option.ModelSource;
import io.tagstream.terminal.Results;
import java.io.PrintStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the contract of a model file. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = "Checks a model file and prints its contract.",
        footer = {"", "Examples:", "  tagstream model en", "  tagstream model my-model.onnx"})
final class ModelCommand implements Runnable {
    @Parameters(paramLabel = "NAME|FILE", description = "A shipped model (en) or an .onnx file.")
    String model = ModelSource.DEFAULT;

    @Override
    public void run() {
        try (TaggerModel opened = ModelSource.open(model)) {
            PrintStream out = Results.open();
            print(opened, out);
            out.flush();
        }
    }

    private static void print(TaggerModel model, PrintStream out) {
        ModelContract contract = model.contract();
        line(out, "model", model.id());
        line(out, "contract", "version " + ModelContract.VERSION);
        line(out, "language", contract.language());
        line(
                out,
                "cell",
                contract.cell() + ", " + contract.layers() + " x " + contract.hidden() + " forward, "
                        + (contract.backwardHidden() == 0 ? "none" : contract.backwardHidden()) + " backward");
        line(out, "look-ahead", Integer.toString(contract.lookAhead()));
        line(out, "precision", contract.precision());
        line(out, "tokenizer", contract.tokenizer());
        line(
                out,
                "state",
                contract.stateSize() + " floats in each of h" + (contract.cell() == Cell.LSTM ? " and c" : ""));
        for (LabelLayer layer : contract.labelLayers()) {
            line(
                    out,
                    "layer " + layer.name(),
                    layer.tags().size() + " labels: "
                            + String.join(" ", layer.tags().labels()));
        }
        for (FeatureColumn column : contract.columns()) {
            line(
                    out,
                    "column " + column.name(),
                    column.kind() + (column.length() > 0 ? " of " + column.length() : "") + ", "
                            + column.vocabulary().size() + " ids");
        }
        line(out, "trained on", contract.provenance().data());
        line(out, "licence", contract.provenance().licence());
        line(out, "date", contract.provenance().date());
        line(out, "seed", contract.provenance().seed());
        line(out, "dev accuracy", contract.provenance().devAccuracy());
    }

    private static void line(PrintStream out, String name, String value) {
        if (!value.isEmpty()) {
            out.printf("%-16s %s%n", name, value);
        }
    }
}
