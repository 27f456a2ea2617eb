package io.tagstream.cli;

import java.nio.file.Path;
import java.time.Duration;
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
    /** Sentences per second that a person can follow. */
    static final double READABLE = 2.5;
    /** How long the sentences may take where nobody says how many a second. */
    private static final Duration LONGEST = Duration.ofSeconds(18);

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Your text instead of the demo's own; - is standard input.")
    @Nullable
    String input;

    @Option(
            names = "--model",
            paramLabel = "NAME|FILE",
            description = "A shipped model or an .onnx file (default: en).")
    String model = ModelSource.DEFAULT;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Sentences per second (default: 2.5, or more if the text would take over 20 s).")
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
        DemoText text = input == null ? DemoText.shipped() : DemoText.read(input.equals("-") ? null : Path.of(input));
        DemoView view = new DemoView(Terminal.of(color), text.streams());
        double pace =
                rate != null ? rate : Math.max(READABLE, (double) text.lines().size() / LONGEST.toSeconds());
        try (StopSignal stop = new StopSignal()) {
            return new Demo(text, model, pace, view, stop).play() ? ExitCode.OK : ExitCode.FAILED;
        }
    }
}
