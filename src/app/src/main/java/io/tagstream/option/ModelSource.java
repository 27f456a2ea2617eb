package io.tagstream.option;

import io.tagstream.infer.TaggerModel;
import io.tagstream.terminal.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds a model by the name of a shipped one or by the path of a file. */
public final class ModelSource {
    /** The model that serves unless another is named. */
    public static final String DEFAULT = "en";

    /** The models inside the jar. */
    public static final List<String> SHIPPED = List.of(DEFAULT, "en-fast");

    private ModelSource() {}

    /**
     * Opens a model; the caller closes it.
     *
     * @param nameOrFile the name of a shipped model or a path
     * @throws CommandException if there is no such model
     * @throws io.tagstream.model.InvalidModelException if the file does not keep the contract
     */
    public static TaggerModel open(String nameOrFile) {
        if (!SHIPPED.contains(nameOrFile)) {
            Path file = Path.of(nameOrFile);
            if (!Files.exists(file)) {
                throw CommandException.usage("there is no model '" + nameOrFile
                        + "': give the path of an .onnx file, or the name of a shipped model: "
                        + String.join(", ", SHIPPED));
            }
            return TaggerModel.open(file);
        }
        String resource = "/models/" + nameOrFile + ".onnx";
        try (InputStream in = ModelSource.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw CommandException.usage("this build holds no model '" + nameOrFile + "': build it again");
            }
            return TaggerModel.open(in.readAllBytes(), nameOrFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
