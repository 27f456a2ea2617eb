package io.tagstream.cli;

import io.tagstream.option.ApplicationOptions;
import io.tagstream.option.OffsetSpecConverter;
import io.tagstream.option.StreamOptions;
import io.tagstream.reset.ApplicationReset;
import io.tagstream.reset.ResetPlan;
import io.tagstream.settings.StreamSettings;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.Results;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.OffsetSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lets an application start over, after having said what that means and asked. */
@Command(
        name = "reset",
        mixinStandardHelpOptions = true,
        versionProvider = TagstreamVersion.class,
        description = {
            "Lets a stopped application start over: forgets every state and reads the input from its beginning, or from elsewhere.",
            "Says what it will do and asks. It deletes the changelog topic and the local states, and sets the offsets of the input. What is "
                    + "in the output and dead-letter topics stays there, and what is tagged again comes in addition, with sequences from 1."
        },
        footer = {
            "",
            "Examples:",
            "  tagstream reset --bootstrap-servers localhost:9092 --dry-run",
            "  tagstream reset --config tagstream.properties --to 2026-11-23T10:00:00Z --yes"
        })
final class ResetCommand implements Callable<Integer> {
    private static final String YES = "yes";

    @Mixin
    StreamOptions options = new StreamOptions();

    @Mixin
    ApplicationOptions application = new ApplicationOptions();

    @Option(
            names = "--to",
            paramLabel = "PLACE",
            converter = OffsetSpecConverter.class,
            description = "Where the input is read from afterwards: earliest, latest, or a time such as 2026-11-23 or "
                    + "2026-11-23T10:00:00Z (default: " + OffsetSpecConverter.EARLIEST + ").")
    OffsetSpec to = OffsetSpec.earliest();

    @Option(names = "--dry-run", description = "Only say what would be done.")
    boolean dryRun;

    @Option(names = "--yes", description = "Do not ask.")
    boolean confirmed;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        StreamSettings.Builder builder = options.settingsOfOneShot(spec);
        application.apply(builder);
        StreamSettings settings = builder.build();
        ApplicationReset reset = new ApplicationReset(settings);
        ResetPlan plan = reset.plan(to);
        PrintStream out = Results.open();
        describe(settings, plan, out);
        if (dryRun) {
            out.println("dry run: nothing was done");
            out.flush();
            return ExitCode.OK;
        }
        out.flush();
        if (!confirmed && !isConfirmed()) {
            throw CommandException.usage(
                    "not confirmed, nothing was done: answer '" + YES + "', or give --yes in a script");
        }
        reset.execute(plan);
        out.println("done: start the application again");
        out.flush();
        return ExitCode.OK;
    }

    private void describe(StreamSettings settings, ResetPlan plan, PrintStream out) {
        out.printf(
                dryRun ? "The application %s on %s would start over:%n" : "The application %s on %s starts over:%n",
                settings.applicationId(),
                settings.bootstrapServers());
        long again = plan.offsets().stream().mapToLong(ResetPlan.Offset::again).sum();
        long skipped =
                plan.offsets().stream().mapToLong(ResetPlan.Offset::skipped).sum();
        for (ResetPlan.Offset offset : plan.offsets()) {
            out.printf(
                    "  input   %s-%d: offset %s -> %d%n",
                    offset.topic(), offset.partition(), offset.from() == null ? "none" : offset.from(), offset.to());
        }
        out.printf("          %d records are tagged again, %d are never tagged%n", again, skipped);
        out.printf(
                "  states  %s%n",
                plan.changelogs().isEmpty()
                        ? "there is no changelog"
                        : "topics " + String.join(", ", plan.changelogs()) + " are deleted");
        out.printf(
                "  local   %s%n",
                plan.localStates() == null ? "there are no local states here" : plan.localStates() + " is deleted");
        if (plan.isOfNobody()) {
            out.println("  note    no trace of an application of this name: check --application-id");
        }
        out.printf(
                "  kept    the topics %s, %s and %s, with all that is in them%n",
                String.join(", ", settings.topics().inputs()),
                settings.topics().output(),
                settings.topics().deadLetters());
    }

    private static boolean isConfirmed() throws IOException {
        System.err.print("Do that? Type '" + YES + "': ");
        System.err.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (answer == null) {
            System.err.println();
        }
        return answer != null && answer.trim().equals(YES);
    }
}
