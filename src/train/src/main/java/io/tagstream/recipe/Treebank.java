package io.tagstream.recipe;

import java.nio.file.Path;
import java.util.Objects;

/** Where UD English EWT lies on this machine, if it does. */
public final class Treebank {
    /** The environment variable that names the folder which holds {@code ewt/}; otherwise it is {@code data}. */
    public static final String VARIABLE = "TAGSTREAM_DATA";

    private Treebank() {}

    /** The file of a part, {@code train} or {@code dev}; whether it is there is another question. */
    public static Path part(String name) {
        String folder = Objects.requireNonNullElse(System.getenv(VARIABLE), "");
        Path data = Path.of(folder.isBlank() ? "data" : folder);
        return data.resolve("ewt").resolve(name + ".conllu");
    }
}
