package io.tagstream.trial;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.eval.CorpusTagging;
import io.tagstream.eval.Memory;
import io.tagstream.infer.TaggerModel;
import io.tagstream.recipe.ModelIdentity;
import io.tagstream.recipe.NetworkSettings;
import io.tagstream.recipe.Precision;
import io.tagstream.recipe.TrainSettings;
import io.tagstream.text.TokenTags;
import io.tagstream.train.TrainListener;
import io.tagstream.train.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Trains a small tagger on a {@link RecallTask} as every tagger is trained, and asks it over growing distances. */
public final class RecallScores {
    private static final int HIDDEN = 32;
    private static final int WIDTH = 16;
    private static final int AFFIX_WIDTH = 2;
    private static final int DOCUMENTS = 3000;
    private static final int TESTED = 250;
    private static final int STREAMS = 8;
    private static final double RATE = 5e-3;
    private static final double AVERAGING = 0.98;

    private RecallScores() {}

    /** The name of a value, an accuracy in percent. */
    public static String name(Memory memory, int between) {
        return memory.name().toLowerCase(Locale.ROOT) + ", " + between;
    }

    /**
     * @param epochs passes over {@value #DOCUMENTS} documents
     * @param file where the model goes
     * @return nothing if training was stopped
     */
    public static Map<String, Double> of(RecallTask task, long seed, int epochs, Path file, BooleanSupplier stop) {
        Random random = new Random(seed);
        List<LabelledSentence> train = task.documents(DOCUMENTS, random);
        List<LabelledSentence> dev = task.documents(TESTED, random);
        if (Trainer.train(settings(task, seed, epochs, file), train, dev, TrainListener.SILENT, stop)
                .stopped()) {
            return Map.of();
        }
        Map<String, Double> values = new LinkedHashMap<>();
        try (TaggerModel model = TaggerModel.open(file)) {
            for (int between = 0; between < RecallTask.SENTENCES; between++) {
                List<LabelledSentence> corpus = RecallTask.questions(TESTED, between + 1, random);
                for (Memory memory : Memory.values()) {
                    values.put(name(memory, between), accuracy(model, corpus, memory));
                }
            }
        }
        return values;
    }

    private static double accuracy(TaggerModel model, List<LabelledSentence> corpus, Memory memory) {
        List<List<TokenTags>> tagged = CorpusTagging.tag(model, corpus, memory);
        Tally tally = new Tally();
        for (int s = 0; s < corpus.size(); s++) {
            int last = corpus.get(s).size() - 1;
            if (RecallTask.asks(corpus.get(s).forms().get(last))) {
                List<String> gold = corpus.get(s).labels().getOrDefault(ConlluReader.UPOS, List.of());
                tally.add(gold.get(last).equals(tagged.get(s).get(last).tag()));
            }
        }
        return tally.accuracy();
    }

    private static TrainSettings settings(RecallTask task, long seed, int epochs, Path file) {
        NetworkSettings network = new NetworkSettings(
                task.cell(), 1, HIDDEN, 0, 0, false, WIDTH, "shape", AFFIX_WIDTH, RecallTask.ALPHABET.size() + 2);
        ModelIdentity identity = new ModelIdentity(
                task.name() + "-" + seed, "en", "whitespace", Precision.FP32, "random symbols", "", "");
        return TrainPlan.of(null, file, identity, network, TrainPlan.plain(epochs, seed, STREAMS, RATE, AVERAGING));
    }
}
