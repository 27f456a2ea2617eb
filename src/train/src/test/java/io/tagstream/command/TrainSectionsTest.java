package io.tagstream.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tagstream.cli.Main;
import io.tagstream.fixture.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class TrainSectionsTest {
    @Test
    void shouldGroupTheOptionsOfTraining() {
        String help = Console.capture(() -> Main.run("train", "--help")).out();
        assertThat(help.lines().filter(line -> line.matches("[A-Z][a-z ]+:")))
                .containsExactly(
                        "Corpora and model file:",
                        "What the model file says:",
                        "The network:",
                        "Learning:",
                        "The run:",
                        "Other options:",
                        "Examples:");
        CommandLine train = new CommandLine(new TrainCommand());
        for (OptionSpec option : train.getCommandSpec().options()) {
            assertThat(help).containsPattern("\n +(-[a-zA-Z], |--[a-z]+, )*" + option.longestName() + "\\b");
            assertThat(option.versionHelp()
                            || option.usageHelp()
                            || TrainSections.names().contains(option.longestName())
                            || TrainSections.names().contains(option.names()[0]))
                    .as(option.longestName())
                    .isTrue();
        }
        assertThat(help.lines().filter(line -> line.contains("--epochs="))).hasSize(2);
    }
}
