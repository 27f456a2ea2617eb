package io.tagstream.cli;

import io.tagstream.model.InvalidModelException;
import io.tagstream.option.EnumNames;
import io.tagstream.option.LayeredSettings;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Where {@code bin/tagstream} starts: parses, runs the command, turns what went wrong into one sentence and an exit code. */
public final class Main {
    private static final Set<String> HELP = Set.of("--help", "-h", "--version", "-V");

    private Main() {}

    /** Runs a command and exits with its code. */
    public static void main(String[] arguments) {
        // The locale of a service or a container is often plain ASCII: text goes out as UTF-8 whatever it says.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        System.setOut(out);
        System.setErr(err);
        int exitCode = run(arguments);
        System.out.flush();
        System.exit(exitCode);
    }

    /** Runs a command in this process. */
    public static int run(String... arguments) {
        return run(System.getenv(), arguments);
    }

    public static int run(Map<String, String> environment, String... arguments) {
        TagstreamCommand root = new TagstreamCommand();
        CommandLine line = new CommandLine(root);
        CommandTree commands = CommandTree.load();
        commands.addTo(line);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(34);
        line.setUsageHelpWidth(110);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> report(failure, command, root.stacktrace, commands));
        line.setParameterExceptionHandler((failure, given) -> misuse(failure));
        line.setExecutionStrategy(given -> {
            Misuse.refuseEmptyValues(given);
            try {
                return new CommandLine.RunLast().execute(given);
            } catch (NoClassDefFoundError e) {
                throw new CommandLine.ExecutionException(line, e.toString(), Misuse.missingPart(given, e));
            }
        });
        EnumNames.register(line);
        commands.prepare();
        try {
            layer(line, environment, arguments);
        } catch (CommandException e) {
            return report(e, line, root.stacktrace, commands);
        }
        return line.execute(arguments);
    }

    /** Puts file and environment under the flags of the commands that have them; no other command is to fail by what they say. */
    private static void layer(CommandLine line, Map<String, String> environment, String... arguments) {
        List<String> given = List.of(arguments);
        String command = given.stream()
                .filter(argument -> !argument.startsWith("-"))
                .findFirst()
                .orElse("");
        if (!LayeredSettings.COMMANDS.contains(command) || given.stream().anyMatch(HELP::contains)) {
            return;
        }
        LayeredSettings settings = LayeredSettings.of(arguments, environment);
        for (String name : LayeredSettings.COMMANDS) {
            CommandLine one = line.getSubcommands().get(name);
            if (one != null) {
                settings.knowing(one.getCommandSpec().options());
                one.setDefaultValueProvider(settings);
            }
        }
    }

    private static int misuse(ParameterException failure) {
        say(Misuse.sentence(failure));
        return ExitCode.USAGE;
    }

    private static int report(Exception failure, CommandLine command, boolean stacktrace, CommandTree commands) {
        if (stacktrace) {
            failure.printStackTrace();
        }
        say(FailureSentence.of(failure, command));
        return exitCode(failure, commands);
    }

    /** What is known to be the user's is misuse. Anything else that fails, an unexpected {@link IllegalArgumentException} too, is a failure. */
    static int exitCode(Exception failure, CommandTree commands) {
        if (failure instanceof CommandException known) {
            return known.exitCode();
        }
        return failure instanceof InvalidModelException
                        || failure instanceof NoSuchFileException
                        || commands.areMisusedBy(failure)
                        || FailureSentence.isOfSettings(failure)
                ? ExitCode.USAGE
                : ExitCode.FAILED;
    }

    private static void say(String sentence) {
        System.err.println("tagstream: " + sentence);
    }
}
