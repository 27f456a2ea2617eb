package io.tagstream.infer;

import io.tagstream.model.ContractCheck;
import io.tagstream.model.FeatureExtractor;
import io.tagstream.model.FormIds;
import io.tagstream.model.GraphSignature;
import io.tagstream.model.InvalidModelException;
import io.tagstream.model.ModelContract;
import io.tagstream.model.ModelMetadata;
import io.tagstream.onnx.InferenceException;
import io.tagstream.onnx.ModelProbe;
import io.tagstream.onnx.OnnxLibrary;
import io.tagstream.onnx.OnnxSession;
import io.tagstream.text.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** An opened and validated model file: one ONNX Runtime session for all threads. */
public final class TaggerModel implements AutoCloseable {
    private static final int FINGERPRINT_BYTES = 8;

    private final OnnxSession session;
    private final ModelContract contract;
    private final FeatureExtractor extractor;
    private final String fingerprint;

    private TaggerModel(OnnxSession session, ModelContract contract, String fingerprint) {
        this.session = session;
        this.contract = contract;
        this.extractor = new FeatureExtractor(contract.columns(), contract.lookAhead());
        this.fingerprint = fingerprint;
    }

    /**
     * Loads ONNX Runtime, for whoever needs it only after hours of work.
     *
     * @throws InferenceException if it cannot be loaded, as from a temporary directory that is mounted noexec
     */
    public static void requireRuntime() {
        OnnxLibrary.environment();
    }

    /** @throws InvalidModelException with all that is wrong with the file */
    public static TaggerModel open(Path file) {
        try {
            return open(Files.readAllBytes(file), file.toString());
        } catch (NoSuchFileException e) {
            throw new InvalidModelException(
                    file.toString(), List.of("found no such file, expected an ONNX model: check the path"));
        } catch (IOException e) {
            throw new InvalidModelException(
                    file.toString(),
                    List.of("found a file that cannot be read (" + e.getMessage()
                            + "), expected an ONNX model: check the path and its permissions"));
        }
    }

    /** @throws InvalidModelException with all that is wrong with the model */
    public static TaggerModel open(byte[] bytes, String source) {
        OnnxSession session = OnnxSession.open(bytes, source);
        try {
            return new TaggerModel(session, validate(session), fingerprint(bytes));
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static ModelContract validate(OnnxSession session) {
        List<String> problems = new ArrayList<>();
        ModelContract contract = ModelMetadata.parse(session.metadata(), problems);
        if (contract != null) {
            GraphSignature signature = session.signature();
            List<String> inputs = ContractCheck.inputs(contract, signature);
            List<String> outputs = ContractCheck.outputs(contract, signature);
            problems.addAll(inputs);
            problems.addAll(outputs);
            if (inputs.isEmpty()) {
                problems.addAll(ModelProbe.vocabularies(session, contract));
            }
            if (inputs.isEmpty() && outputs.isEmpty()) {
                problems.addAll(ModelProbe.calls(session, contract));
            }
        }
        if (contract == null || !problems.isEmpty()) {
            throw new InvalidModelException(session.source(), problems);
        }
        return contract;
    }

    private static String fingerprint(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public ModelContract contract() {
        return contract;
    }

    /** The first 16 hexadecimal digits of the SHA-256 of the file. */
    public String fingerprint() {
        return fingerprint;
    }

    /** {@code name@fingerprint}. */
    public String id() {
        return contract.name() + "@" + fingerprint;
    }

    /** A tagger for the calling thread, with buffers of its own; close it before the model. */
    public SentenceTagger newTagger() {
        return new SentenceTagger(contract, extractor, new OnnxStepper(session, contract));
    }

    /** Weighs labels for the calling thread, with buffers of its own; close it before the model. */
    public LabelWeigher newWeigher(List<String> layers) {
        return new LabelWeigher(new FormIds(contract, extractor), new OnnxStepper(session, contract), layers);
    }

    /**
     * The probability of every label for every token of a sentence, as {@link SentenceTagger#tag} would weigh them. For tests and
     * explanations: makes its buffers again each time.
     *
     * @param layer the name of a label layer
     * @return {@code [T][labels]}
     * @throws IllegalStateException if the model does not offer the layer's probabilities
     */
    public float[][] probabilities(List<Token> tokens, HiddenState state, String layer) {
        float[][] probabilities = new float[tokens.size()][];
        HiddenState next = state;
        try (LabelWeigher weigher = newWeigher(List.of(layer))) {
            for (int from = 0; from < tokens.size(); from += SentenceTagger.PIECE) {
                List<Token> piece = tokens.subList(from, Math.min(from + SentenceTagger.PIECE, tokens.size()));
                Weighed weighed = weigher.weigh(piece, next);
                System.arraycopy(weighed.probabilities()[0], 0, probabilities, from, piece.size());
                next = weighed.next();
            }
        }
        return probabilities;
    }

    @Override
    public void close() {
        session.close();
    }
}
