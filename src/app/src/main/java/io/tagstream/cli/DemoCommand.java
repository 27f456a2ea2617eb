package io.tagstream.cli;

import io.tagstream.demo.Demo;
import io.tagstream.option.ModelSource;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.StopSignal;
import io.tagstream.terminal.Terminal;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows it all working, with a broker inside this process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = {
            "Starts a Kafka broker inside this process, feeds interleaved streams of text through the application, shows the tagged words "
                    + "live and ends with a summary, on Ctrl-C too. Needs no Kafka and no Docker, and leaves nothing behind.",
            "No colours if standard output is not a terminal, or NO_COLOR is set. Lines are as wide as the terminal, "
                    + "or as COLUMNS says; 80 if neither is known."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream demo",
            "  tagstream demo --input chat.tsv       lines: stream-id<TAB>sentence, or a sentence alone",
            "  tagstream demo --rate 1               slowly"
        })
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Your text instead of the demo's own; - is standard input.")
    @Nullable
    String input;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "A shipped model or an .onnx file (default: ${DEFAULT-VALUE}).")
    String model = ModelSource.DEFAULT;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Sentences per second (default: " + Demo.READABLE_RATE
                    + ", or more if the text would take over " + Demo.LONGEST_SECONDS + " s).")
    @Nullable
    Double rate;

    @Option(names = "--color", negatable = true, description = "A colour for each tag, or none.")
    @Nullable
    Boolean color;

    @Override
    public Integer call() throws Exception {
        if (rate != null && !(rate > 0 && Double.isFinite(rate))) {
            throw CommandException.usage("--rate must be more than 0 sentences per second, got " + rate);
        }
        try (StopSignal stop = new StopSignal()) {
            return Demo.of(input, model, rate, Terminal.of(color), stop).play() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
