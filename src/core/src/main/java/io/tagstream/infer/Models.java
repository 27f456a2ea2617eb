package io.tagstream.infer;

import io.tagstream.text.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds models: by the name of one that a jar on the class path brings ({@code tagstream-models-en} has {@code en} and {@code en-fast}), or by the
 * path of a file. To tag a text and carry the state from sentence to sentence, without Kafka:
 *
 * <pre>{@code
 * try (TaggerModel model = Models.open("en");
 *         SentenceTagger tagger = model.newTagger()) {
 *     Tokenizer tokenizer = Tokenizers.named(model.contract().tokenizer());
 *     HiddenState state = HiddenState.zero(model.contract());
 *     for (String sentence : List.of("I eat apple.", "I work at apple.")) {
 *         TaggedText tagged = tagger.tag(tokenizer.tokenize(sentence), state);
 *         state = tagged.next();
 *     }
 * }
 * }</pre>
 *
 * A model is for all threads, a tagger for one.
 */
public final class Models {
    private static final String FOLDER = "models/";
    /** One name per line, in every jar that brings models. */
    private static final String INDEX = FOLDER + "index.txt";

    private Models() {}

    /** The names of the models on the class path, in the order of their jars. */
    public static List<String> shipped() {
        List<String> names = new ArrayList<>();
        try {
            for (URL index : Collections.list(Models.class.getClassLoader().getResources(INDEX))) {
                try (InputStream in = index.openStream()) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank())
                            .forEach(names::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(names);
    }

    /**
     * Opens a model; the caller closes it, after its taggers.
     *
     * @param nameOrFile the name of a model on the class path, or a path
     * @throws UsageException if there is no such model
     * @throws io.tagstream.model.InvalidModelException if the file does not keep the contract
     */
    public static TaggerModel open(String nameOrFile) {
        List<String> shipped = shipped();
        if (!shipped.contains(nameOrFile)) {
            Path file = Path.of(nameOrFile);
            if (!Files.exists(file)) {
                throw new UsageException("there is no model '" + nameOrFile + "': give the path of an .onnx file, or "
                        + (shipped.isEmpty()
                                ? "add tagstream-models-en to the class path for the models en and en-fast"
                                : "the name of a model on the class path: " + String.join(", ", shipped)));
            }
            return TaggerModel.open(file);
        }
        try (InputStream in = Models.class.getClassLoader().getResourceAsStream(FOLDER + nameOrFile + ".onnx")) {
            if (in == null) {
                throw new UsageException(INDEX + " names the model '" + nameOrFile
                        + "', but its file is not on the class path: build the jar again");
            }
            return TaggerModel.open(in.readAllBytes(), nameOrFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
