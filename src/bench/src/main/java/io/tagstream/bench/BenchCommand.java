package io.tagstream.bench;

import io.tagstream.cli.TagstreamVersion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Measurements that anyone can repeat. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        synopsisSubcommandLabel = "WHAT",
        description = "Measures Tagstream against its peers, on this machine, in one run.",
        subcommands = BenchTaggerCommand.class,
        footer = {"", "Examples:", "  tagstream bench tagger --corpus dev.conllu"})
final class BenchCommand implements Runnable {
    @CommandLine.Spec
    CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
