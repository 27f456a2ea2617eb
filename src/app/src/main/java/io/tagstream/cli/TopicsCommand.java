package io.tagstream.cli;

import io.tagstream.identity.Topics;
import io.tagstream.option.ApplicationOptions;
import io.tagstream.option.StreamOptions;
import io.tagstream.settings.StreamSettings;
import io.tagstream.terminal.ExitCode;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Creates the topics. */
@Command(
        name = "topics",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description =
                "Creates the topics that are missing and prints their names; those that exist are left as they are.",
        footer = {
            "",
            "Examples:",
            "  tagstream topics --bootstrap-servers localhost:9092 --partitions 12 --replication-factor 3"
        })
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    StreamOptions options = new StreamOptions();

    @Mixin
    ApplicationOptions application = new ApplicationOptions();

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        StreamSettings.Builder settings = options.settingsOfOneShot(spec);
        application.apply(settings);
        List<String> created = new Topics(settings.build()).create();
        created.forEach(System.out::println);
        if (created.isEmpty()) {
            System.err.println("tagstream: every topic is there already");
        }
        return ExitCode.OK;
    }
}
