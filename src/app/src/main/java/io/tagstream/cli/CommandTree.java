package io.tagstream.cli;

import io.tagstream.option.CodeDefaults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;

/** Puts the commands of all parts that are there, and the application's own, under the root in the order of the help. */
final class CommandTree {
    /** A command of another part to the folder of the distribution that holds the part. */
    static final Map<String, String> FOLDERS = Map.of(
            "demo", "lib-demo",
            "train", "lib-train",
            "compare", "lib-train",
            "lesson", "lib-train",
            "evaluate", "lib-train",
            "bench", "lib-bench");

    private static final List<String> ORDER = List.of(
            "demo",
            "run",
            "tag",
            "train",
            "compare",
            "lesson",
            "evaluate",
            "bench",
            "model",
            "topics",
            "reset",
            "help");

    private final List<CommandSource> sources;
    private final List<List<CommandLine>> commands = new ArrayList<>();

    private CommandTree(List<CommandSource> sources) {
        this.sources = sources;
    }

    static CommandTree load() {
        List<CommandSource> sources = new ArrayList<>();
        ServiceLoader.load(CommandSource.class).forEach(sources::add);
        return new CommandTree(sources);
    }

    /** The root with all commands. */
    static CommandLine root() {
        CommandLine root = new CommandLine(new TagstreamCommand());
        load().addTo(root);
        return root;
    }

    /** Before the settings of the root, which then hold for all. */
    void addTo(CommandLine root) {
        Map<String, CommandLine> all = new LinkedHashMap<>();
        Stream.of(
                        new DemoCommand(),
                        new RunCommand(),
                        new TagCommand(),
                        new ModelCommand(),
                        new TopicsCommand(),
                        new ResetCommand(),
                        new HelpCommand())
                .map(CommandLine::new)
                .forEach(command -> all.put(command.getCommandName(), command));
        for (CommandSource source : sources) {
            List<CommandLine> added = source.commands();
            commands.add(added);
            added.forEach(command -> all.put(command.getCommandName(), command));
        }
        for (String name : ORDER) {
            CommandLine command = all.remove(name);
            if (command != null) {
                root.addSubcommand(command);
            }
        }
        all.values().forEach(root::addSubcommand);
        root.setDefaultValueProvider(new CodeDefaults());
    }

    /** After the settings of the root. */
    void prepare() {
        for (int i = 0; i < sources.size(); i++) {
            sources.get(i).prepare(commands.get(i));
        }
    }

    boolean areMisusedBy(Exception failure) {
        return sources.stream().anyMatch(source -> source.isMisuse(failure));
    }
}
