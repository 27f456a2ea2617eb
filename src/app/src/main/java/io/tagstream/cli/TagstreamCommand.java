package io.tagstream.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command: help, version, and the commands. */
@Command(
        name = "tagstream",
        description = "Tags text as it streams, with a memory for every stream.",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped as asked (SIGTERM, Ctrl-C)",
            "1:failed: the stream died, no broker answered in time, some input could not be tagged",
            "2:did not start: a wrong flag or setting, a missing topic, an unusable file",
            "130:stopped by Ctrl-C with nothing to show for it (lesson)"
        },
        footer = {
            "",
            "Examples:",
            "  tagstream demo                                        see it work, no Kafka needed",
            "  echo 'I eat apple.' | tagstream tag                   tag lines without Kafka",
            "  tagstream run --bootstrap-servers localhost:9092      tag the topic 'sentences'",
            "  tagstream COMMAND --help                              more about a command"
        })
final class TagstreamCommand implements Runnable {
    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "On failure, print the stack trace too.")
    boolean stacktrace;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
