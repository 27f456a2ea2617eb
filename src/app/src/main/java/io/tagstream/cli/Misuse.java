package io.tagstream.cli;

import io.tagstream.option.LayeredSettings;
import io.tagstream.option.Spelling;
import io.tagstream.terminal.CommandException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one sentence for a user who called a command as it cannot be called: a name that does not exist comes before what is missing for it. */
final class Misuse {
    private Misuse() {}

    static String sentence(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        CommandSpec spec = command.getCommandSpec();
        return problem(failure, command, spec) + " (see: " + spec.qualifiedName() + " --help)";
    }

    /** What a command failed with for which the installation lacks a folder. */
    static CommandException missingPart(ParseResult given, NoClassDefFoundError error) {
        ParseResult parsed = given;
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        String name = parsed.commandSpec().name();
        String folder = CommandTree.FOLDERS.get(name);
        CommandException failure = CommandException.usage(
                folder == null
                        ? "'" + name + "' needs a part that this installation leaves out: use the full distribution"
                        : missing(name, folder));
        failure.initCause(error);
        return failure;
    }

    private static String missing(String command, String folder) {
        return "'" + command + "' needs the folder " + folder
                + ", which this installation leaves out: use the full distribution";
    }

    private static String problem(ParameterException failure, CommandLine command, CommandSpec spec) {
        if (failure.getArgSpec() == null && failure.getValue() != null && spec.parent() == null) {
            return noCommand(failure.getValue(), spec); // of help, which says no more than that it is unknown
        }
        if (failure instanceof UnmatchedArgumentException || failure instanceof MissingParameterException) {
            String unknown = unknown(command, spec);
            if (unknown != null) {
                return unknown;
            }
        }
        if (!(spec.defaultValueProvider() instanceof LayeredSettings layers)) {
            return String.valueOf(failure.getMessage());
        }
        String misspelling = failure instanceof MissingParameterException ? layers.misspelling() : null;
        if (misspelling != null) {
            return misspelling;
        }
        // What is given in the place of a property may be a password.
        String message = failure.getArgSpec() instanceof OptionSpec option
                        && option.longestName().equals("--kafka")
                ? "option '--kafka' takes PROPERTY=VALUE"
                : String.valueOf(failure.getMessage());
        return message + layers.source(failure.getArgSpec(), failure.getValue());
    }

    private static @Nullable String unknown(CommandLine command, CommandSpec spec) {
        List<String> unmatched = command.getUnmatchedArguments();
        for (String argument : unmatched) {
            if (argument.startsWith("-")) {
                // What is behind the name may be a password.
                String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
                List<String> names = new ArrayList<>();
                spec.options().forEach(option -> names.addAll(List.of(option.names())));
                return "there is no option '" + name + "'" + Spelling.didYouMean(Spelling.closest(name, names), "");
            }
        }
        if (unmatched.isEmpty()) {
            return null;
        }
        String first = unmatched.get(0);
        return spec.subcommands().isEmpty() ? "the argument '" + first + "' is one too many" : noCommand(first, spec);
    }

    private static String noCommand(String first, CommandSpec spec) {
        String folder = CommandTree.FOLDERS.get(first);
        if (folder != null && spec.parent() == null) {
            return missing(first, folder);
        }
        return "there is no command '" + first + "'"
                + Spelling.didYouMean(
                        Spelling.closest(first, spec.subcommands().keySet()),
                        ": use one of " + String.join(", ", spec.subcommands().keySet()));
    }

    /** @throws ParameterException if an option of the command is given an empty value, as by {@code --model=} */
    static void refuseEmptyValues(ParseResult given) {
        for (ParseResult parsed = given; parsed != null; parsed = parsed.hasSubcommand() ? parsed.subcommand() : null) {
            for (OptionSpec option : parsed.matchedOptions()) {
                if (option.originalStringValues().stream().anyMatch(String::isBlank)) {
                    throw new ParameterException(
                            parsed.commandSpec().commandLine(),
                            "option '" + option.longestName() + "' is given no value: write one, or leave it out");
                }
            }
        }
    }
}
