package io.tagstream.bench;

import io.tagstream.data.ConlluReader;
import io.tagstream.data.CorpusReader;
import io.tagstream.data.LabelledSentence;
import io.tagstream.text.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import opennlp.tools.ml.perceptron.PerceptronTrainer;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSSample;
import opennlp.tools.postag.POSTaggerFactory;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.CollectionObjectStream;
import opennlp.tools.util.TrainingParameters;
import opennlp.tools.util.Version;

/** The models of OpenNLP that ours are measured against: the one that the project ships, and a perceptron trained on a corpus here. */
final class OpenNlpModels {
    /** What corpora to measure on are labelled with. */
    public static final List<String> LAYERS = List.of(ConlluReader.UPOS, ConlluReader.XPOS);

    /** In the artifact opennlp-models-pos-en, which the distribution keeps in lib-bench. */
    private static final String STOCK = "/opennlp-en-ud-ewt-pos-1.3-2.5.4.bin";

    private static final String LANGUAGE = "en";
    private static final int ITERATIONS = 100;
    /** No feature is left out for being rare: 0.7 points better on EWT dev than OpenNLP's default of 5, and no slower. */
    private static final int CUTOFF = 0;

    private static final int KEY_BYTES = 8;

    private OpenNlpModels() {}

    /**
     * The model for English that the OpenNLP project ships, trained on UD English EWT.
     *
     * @throws IllegalStateException if this installation leaves it out
     */
    static POSModel stock() {
        try (InputStream in = OpenNlpModels.class.getResourceAsStream(STOCK)) {
            if (in == null) {
                throw new IllegalStateException(
                        "OpenNLP's stock model (lib-bench) is left out of this installation: use the full distribution");
            }
            return new POSModel(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A perceptron trained on the UPOS of a corpus, or the one that was trained on the same bytes before.
     *
     * @param cache the folder for trained models, made if need be
     * @param notice is told what takes long
     */
    static POSModel perceptron(Path train, Path cache, Consumer<String> notice) throws IOException {
        if (Files.exists(train) && !Files.isRegularFile(train)) {
            throw new UsageException(train + " is not a regular file, and it is read twice: copy it into a file first");
        }
        List<LabelledSentence> corpus = CorpusReader.readFor(train, LAYERS);
        Path file = cache.resolve("opennlp-perceptron-" + key(train) + ".bin");
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                return new POSModel(in);
            }
        }
        notice.accept("training OpenNLP's perceptron on " + train + " (once; kept as " + file + ") ...");
        POSModel model = train(corpus);
        Files.createDirectories(cache);
        Path part = Files.createTempFile(cache, "opennlp-perceptron-", ".part");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                model.serialize(out);
            }
            // Only whole models have the final name, whatever ends the process and whoever trains beside it.
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        return model;
    }

    private static POSModel train(List<LabelledSentence> corpus) throws IOException {
        List<POSSample> samples = new ArrayList<>(corpus.size());
        for (LabelledSentence sentence : corpus) {
            List<String> tags = sentence.labels().get(ConlluReader.UPOS);
            if (tags != null) {
                // As arrays: it asks lists whether they contain null, which immutable ones refuse.
                samples.add(new POSSample(sentence.forms().toArray(String[]::new), tags.toArray(String[]::new)));
            }
        }
        if (samples.isEmpty()) {
            throw new UsageException("the training corpus has no sentence with UPOS tags");
        }
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.ALGORITHM_PARAM, PerceptronTrainer.PERCEPTRON_VALUE);
        parameters.put(TrainingParameters.ITERATIONS_PARAM, ITERATIONS);
        parameters.put(TrainingParameters.CUTOFF_PARAM, CUTOFF);
        return POSTaggerME.train(LANGUAGE, new CollectionObjectStream<>(samples), parameters, new POSTaggerFactory());
    }

    /** Names what the model depends on: OpenNLP's version, the parameters and the corpus. */
    private static String key(Path train) throws IOException {
        String recipe = "iterations=" + ITERATIONS + " cutoff=" + CUTOFF;
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(recipe.getBytes(StandardCharsets.UTF_8));
            digest.update(Files.readAllBytes(train));
            return Version.currentVersion() + "-" + HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
