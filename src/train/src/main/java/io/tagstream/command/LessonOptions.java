package io.tagstream.command;

import io.tagstream.option.ModelSource;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of {@code lesson}. */
class LessonOptions {
    @Option(names = "--out", paramLabel = "FILE.html", description = "The page to write (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("lesson.html");

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description =
                    "The tagger that the later chapters ask: a shipped model or an .onnx file (default: ${DEFAULT-VALUE}).")
    String model = ModelSource.DEFAULT;

    @Option(names = "--quick", description = "Train less and over shorter distances: seconds, but little is learned.")
    boolean quick;
}
