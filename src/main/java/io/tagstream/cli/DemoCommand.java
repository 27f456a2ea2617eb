package io.tagstream.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Shows it all working, with a broker inside this process. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = {
            "Starts a Kafka broker inside this process, feeds interleaved streams of text through the application, shows the tagged tokens "
                    + "live and ends with a summary. Needs no Kafka and no Docker, and leaves nothing behind.",
            "Colours are left out where standard output is no terminal, or NO_COLOR is set."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream demo",
            "  tagstream demo --input chat.tsv       lines: stream-id<TAB>sentence, or a sentence alone"
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
            description = "A shipped model or an .onnx file (default: en).")
    String model = ModelSource.DEFAULT;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Sentences a second (default: all of it in some ten seconds).")
    int rate;

    @Option(names = "--color", negatable = true, description = "Colours by stream, or none.")
    @Nullable
    Boolean color;

    @Override
    public Integer call() throws Exception {
        if (rate < 0) {
            throw CommandException.usage("the rate must be at least 1 sentence a second, but is " + rate);
        }
        DemoText text = input == null ? DemoText.shipped() : DemoText.read(input.equals("-") ? null : Path.of(input));
        boolean colored = color != null ? color : Ansi.AUTO.enabled();
        return new Demo(text, model, rate, new DemoView(colored)).play() ? ExitCode.OK : ExitCode.FAILED;
    }
}
