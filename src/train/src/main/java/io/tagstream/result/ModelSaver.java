package io.tagstream.result;

import io.tagstream.data.LabelledSentence;
import io.tagstream.encode.CorpusEncoder;
import io.tagstream.encode.NetworkShape;
import io.tagstream.eval.Evaluation;
import io.tagstream.eval.Evaluator;
import io.tagstream.export.ModelExporter;
import io.tagstream.export.TaggerWeights;
import io.tagstream.infer.TaggerModel;
import io.tagstream.model.ModelContract;
import io.tagstream.model.Provenance;
import io.tagstream.network.NetworkTagger;
import io.tagstream.network.TaggerNetwork;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.recipe.TrainingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Exports trained weights, checks what the file says against the trainer's network, and writes it whole or not at all. */
public final class ModelSaver {
    private final TrainSettings settings;
    private final TrainedWeights trained;
    private final List<LabelledSentence> dev;

    public ModelSaver(TrainSettings settings, TrainedWeights trained, List<LabelledSentence> dev) {
        this.settings = settings;
        this.trained = trained;
        this.dev = dev;
    }

    /** @throws TrainingException if the exported model disagrees with the trainer's, or the file cannot be written */
    public TrainReport save() {
        TaggerWeights weights = trained.export();
        byte[] fp32 = ModelExporter.export(contract(Precision.FP32, ""), weights);
        double difference;
        Evaluation fp32Evaluation;
        try (TaggerModel model = TaggerModel.open(fp32, "the fp32 export")) {
            difference = difference(model);
            fp32Evaluation = Evaluator.evaluate(model, dev, Evaluator.Casing.AS_WRITTEN);
        }
        Precision precision = settings.identity().precision();
        Evaluation saved = fp32Evaluation;
        if (precision != Precision.FP32) {
            byte[] export = ModelExporter.export(contract(precision, ""), weights);
            try (TaggerModel model = TaggerModel.open(export, "the " + precision.contractName() + " export")) {
                saved = Evaluator.evaluate(model, dev, Evaluator.Casing.AS_WRITTEN);
            }
        }
        // The accuracy is known only now, and belongs into the file.
        byte[] file = ModelExporter.export(contract(precision, words(saved)), weights);
        write(settings.out(), file);
        return new TrainReport(
                settings.out(), file.length, trained.epoch(), trained.stopped(), difference, fp32Evaluation, saved);
    }

    private double difference(TaggerModel model) {
        NetworkShape shape = trained.shape();
        List<LabelledSentence> sample = ParityCheck.sample(dev);
        CorpusEncoder encoder = new CorpusEncoder(shape);
        try (TaggerNetwork network = new TaggerNetwork(shape, trained.byName(), false)) {
            ParityCheck check =
                    new ParityCheck(shape.layers(), new NetworkTagger(network, shape).tag(encoder.documents(sample)));
            double difference = check.largestDifference(model, sample);
            if (difference > ParityCheck.TOLERANCE) {
                throw new TrainingException("the exported model's probabilities differ from the trainer's by up to "
                        + difference + ", expected " + ParityCheck.TOLERANCE
                        + " at most, so it is not saved; this is a fault in the export");
            }
            return difference;
        }
    }

    private ModelContract contract(Precision precision, String devAccuracy) {
        ModelIdentity identity = settings.identity();
        NetworkSettings network = settings.network();
        return new ModelContract(
                identity.name(),
                identity.language(),
                network.cell(),
                network.layers(),
                network.hidden(),
                network.backwardHidden(),
                network.lookAhead(),
                trained.shape().layers(),
                trained.shape().columns(),
                identity.tokenizer(),
                precision.contractName(),
                new Provenance(
                        data(),
                        identity.licence(),
                        identity.date(),
                        Long.toString(settings.learning().seed()),
                        devAccuracy));
    }

    /** What the identity says of the data, and which text a machine labelled: a reader of the model should know. */
    private String data() {
        String said = settings.identity().data();
        String silver = settings.corpora().silver().stream()
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.joining(", "));
        return silver.isEmpty()
                ? said
                : said + (said.isEmpty() ? "" : "; ") + "with text labelled by a machine: " + silver;
    }

    private static String words(Evaluation evaluation) {
        return evaluation.accuracy().entrySet().stream()
                .map(layer -> String.format(Locale.ROOT, "%s %.2f %%", layer.getKey(), layer.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static void write(Path file, byte[] bytes) {
        try {
            WholeFile.write(file, out -> out.write(bytes));
        } catch (IOException e) {
            throw new TrainingException("the model cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
