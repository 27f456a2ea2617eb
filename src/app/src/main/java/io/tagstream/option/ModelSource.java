package io.tagstream.option;

import io.tagstream.infer.Models;
import io.tagstream.infer.TaggerModel;
import io.tagstream.terminal.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds a model by the name of a shipped one or by the path of a file. */
public final class ModelSource {
    /** The model that serves unless another is named. */
    public static final String DEFAULT = "en";

    /** The models that the distribution brings. */
    public static final List<String> SHIPPED = Models.shipped();

    private ModelSource() {}

    /**
     * Opens a model; the caller closes it.
     *
     * @param nameOrFile the name of a shipped model or a path
     * @throws CommandException if there is no such model
     * @throws io.tagstream.model.InvalidModelException if the file does not keep the contract
     */
    public static TaggerModel open(String nameOrFile) {
        if (!SHIPPED.contains(nameOrFile) && !Files.exists(Path.of(nameOrFile))) {
            throw CommandException.usage("there is no model '" + nameOrFile
                    + "': give the path of an .onnx file, or the name of a shipped model: "
                    + String.join(", ", SHIPPED));
        }
        return Models.open(nameOrFile);
    }
}
