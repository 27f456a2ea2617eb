package io.tagstream.command;

import io.tagstream.cli.TagstreamVersion;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Writes the lesson. What it needs of lib-train is named in {@link LessonPage} alone. */
@Command(
        name = "lesson",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = TagstreamVersion.class,
        description = {
            "Writes one HTML page that teaches sequence learning by doing it: a network small enough to print, back-propagation through "
                    + "time, the gradient that vanishes, the LSTM's gates, one word in two roles, and a story read with a memory.",
            "All is computed on the spot from fixed seeds, in a few minutes. Progress goes to standard error, the page's path to standard "
                    + "output."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream lesson",
            "  tagstream lesson --out /tmp/lesson.html --model my-model.onnx"
        })
final class LessonCommand extends LessonOptions implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        return LessonPage.write(this);
    }
}
