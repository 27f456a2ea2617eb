package io.tagstream.cli;

import io.tagstream.data.CorpusException;
import io.tagstream.model.InvalidModelException;
import io.tagstream.stream.InvalidSettingException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Where {@code bin/tagstream} starts: parses, runs the command, turns what went wrong into one sentence and an exit code. */
public final class Main {
    private static final int BUFFER = 1 << 16;

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
    static int run(String... arguments) {
        TagstreamCommand root = new TagstreamCommand();
        CommandLine line = new CommandLine(root);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpLongOptionsMaxWidth(34);
        line.setUsageHelpWidth(110);
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, root.stacktrace));
        line.setParameterExceptionHandler((failure, given) -> misuse(failure));
        try {
            LayeredSettings settings = LayeredSettings.of(arguments, System.getenv());
            Set<String> flags = new TreeSet<>();
            LayeredSettings.COMMANDS.forEach(name -> {
                CommandLine command = line.getSubcommands().get(name);
                if (command != null) {
                    command.getCommandSpec().options().forEach(option -> flags.add(option.longestName()));
                }
            });
            settings.knowing(flags);
            line.getSubcommands().forEach((name, command) -> {
                if (LayeredSettings.COMMANDS.contains(name)) {
                    command.setDefaultValueProvider(settings);
                }
            });
        } catch (CommandException e) {
            return report(e, root.stacktrace);
        }
        return line.execute(arguments);
    }

    private static int misuse(ParameterException failure) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        String source = command.defaultValueProvider() instanceof LayeredSettings layers
                ? layers.source(failure.getArgSpec(), failure.getValue())
                : "";
        // What is given in the place of a property may be a password.
        String message = failure.getArgSpec() instanceof OptionSpec option
                        && option.longestName().equals("--kafka")
                ? "option '--kafka' takes PROPERTY=VALUE"
                : failure.getMessage();
        say(message + source + " (see: " + command.qualifiedName() + " --help)");
        return ExitCode.USAGE;
    }

    private static int report(Exception failure, boolean stacktrace) {
        if (stacktrace) {
            failure.printStackTrace();
        }
        say(sentence(failure));
        if (failure instanceof CommandException known) {
            return known.exitCode();
        }
        return failure instanceof InvalidModelException
                        || failure instanceof InvalidSettingException
                        || failure instanceof ConfigException
                        || failure instanceof CorpusException
                        || failure instanceof NoSuchFileException
                        || failure instanceof IllegalArgumentException
                ? ExitCode.USAGE
                : ExitCode.FAILED;
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() != null) {
            return sentence(failure.getCause());
        }
        if (failure instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile();
        }
        if (failure instanceof AccessDeniedException denied) {
            return "file " + denied.getFile() + " cannot be read or written: check its permissions";
        }
        if (failure instanceof NoClassDefFoundError) {
            return "this command needs a part that this installation leaves out: use the full distribution";
        }
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return failure.getClass().getSimpleName() + " (--stacktrace shows where)";
        }
        return failure instanceof IOException || failure instanceof RuntimeException
                ? message
                : failure.getClass().getSimpleName() + ": " + message;
    }

    private static void say(String sentence) {
        System.err.println("tagstream: " + sentence);
    }

    /** Standard output for results, buffered: flush it. */
    static PrintStream results() {
        return new PrintStream(new BufferedOutputStream(System.out, BUFFER), false, StandardCharsets.UTF_8);
    }
}
