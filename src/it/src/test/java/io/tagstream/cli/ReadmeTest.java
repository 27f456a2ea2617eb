package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The README says what the code does. */
class ReadmeTest {
    /** Of Docker and Kafka's own tools. */
    private static final Set<String> OF_OTHERS = Set.of(
            "--bootstrap-server",
            "--build",
            "--detach",
            "--formatter-property",
            "--from-beginning",
            "--isolation-level",
            "--reader-property",
            "--topic",
            "--volumes",
            "--wait");

    @Test
    void shouldNameEveryCommand() throws IOException {
        assertThat(CommandTree.root().getSubcommands().keySet())
                .filteredOn(name -> !name.equals("help"))
                .allSatisfy(name -> assertThat(readme()).containsPattern("tagstream " + name + "|`" + name + "`"));
    }

    @Test
    void shouldNameOnlyOptionsThatExist() throws IOException {
        Set<String> options = new TreeSet<>();
        addOptions(CommandTree.root(), options);
        Set<String> named = new TreeSet<>();
        Matcher option = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+").matcher(readme());
        while (option.find()) {
            named.add(option.group());
        }
        assertThat(named).isNotEmpty();
        named.removeAll(OF_OTHERS);
        assertThat(options).containsAll(named);
    }

    private static void addOptions(CommandLine command, Set<String> options) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            options.addAll(List.of(option.names()));
        }
        command.getSubcommands().values().forEach(below -> addOptions(below, options));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
