package io.tagstream.tokenize;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import opennlp.tools.ml.EventTrainer;
import opennlp.tools.ml.TrainerFactory;
import opennlp.tools.ml.model.AbstractModel;
import opennlp.tools.ml.model.Event;
import opennlp.tools.ml.model.GenericModelWriter;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/**
 * Trains the boundary model: {@code BoundaryTraining TRAIN.conllu MODEL}. The same treebank gives the same file. The class
 * path is the tests'; {@code mvn dependency:build-classpath} prints what belongs on it beside {@code target/classes} and
 * {@code target/test-classes}.
 */
final class BoundaryTraining {
    private BoundaryTraining() {}

    public static void main(String[] args) throws IOException {
        AbstractModel model = train(GoldText.read(Path.of(args[0])), parameters());
        try (OutputStream out = Files.newOutputStream(Path.of(args[1]))) {
            write(model, out);
        }
    }

    static TrainingParameters parameters() {
        TrainingParameters parameters = new TrainingParameters();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, "MAXENT_QN");
        parameters.put(TrainingParameters.ITERATIONS_PARAM, 100);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 2);
        parameters.put("L1Cost", 0.05);
        parameters.put("L2Cost", 0.05);
        return parameters;
    }

    static AbstractModel train(List<GoldText> sentences, TrainingParameters parameters) throws IOException {
        List<Event> events = new ArrayList<>();
        sentences.forEach(sentence -> addEvents(sentence, events));
        EventTrainer trainer = TrainerFactory.getEventTrainer(parameters, new HashMap<>());
        return (AbstractModel) trainer.train(ObjectStreamUtils.createObjectStream(events));
    }

    static void write(AbstractModel model, OutputStream out) throws IOException {
        GZIPOutputStream zipped = new GZIPOutputStream(out);
        new GenericModelWriter(model, new DataOutputStream(zipped)).persist();
        zipped.finish();
    }

    /** One event for every border that the rules leave open. */
    private static void addEvents(GoldText sentence, List<Event> events) {
        String text = sentence.text();
        for (var chunk : new WhitespaceTokenizer().tokenize(text)) {
            BitSet gold = sentence.cuts(chunk.start(), chunk.end());
            Borders borders = new Borders(chunk.form());
            Follower after = Follower.after(text, chunk.end());
            for (int run = 1; run < borders.runs().count(); run++) {
                if (borders.isOpen(run)) {
                    String outcome = gold.get(borders.runs().start(run)) ? BoundaryModel.CUT : BoundaryModel.JOIN;
                    events.add(new Event(outcome, BoundaryFeatures.of(borders.runs(), run, after)));
                }
            }
        }
    }
}
