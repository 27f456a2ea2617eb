package io.tagstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The README says what the code does. */
class ReadmeTest {
    private static final Set<String> EVERYWHERE = Set.of("--help", "--version", "--stacktrace");

    @Test
    void shouldListEveryOptionOfRunAndNoOther() throws IOException {
        Set<String> options = new TreeSet<>();
        for (OptionSpec option :
                new CommandLine(new RunCommand()).getCommandSpec().options()) {
            options.add(option.longestName());
        }
        options.removeAll(EVERYWHERE);

        Set<String> rows = new TreeSet<>();
        Matcher row = Pattern.compile("^\\| `(--[a-z-]+)", Pattern.MULTILINE).matcher(readme());
        while (row.find()) {
            rows.add(row.group(1));
        }
        assertThat(rows).isEqualTo(options);
    }

    @Test
    void shouldNameEveryCommand() throws IOException {
        assertThat(CommandTree.root().getSubcommands().keySet())
                .filteredOn(name -> !name.equals("help"))
                .allSatisfy(name -> assertThat(readme()).containsPattern("tagstream " + name + "|`" + name + "`"));
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
