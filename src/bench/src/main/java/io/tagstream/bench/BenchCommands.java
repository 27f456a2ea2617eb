package io.tagstream.bench;

import io.tagstream.cli.CommandSource;
import java.util.List;
import picocli.CommandLine;

/** The command {@code bench}. */
public final class BenchCommands implements CommandSource {
    /** For {@link java.util.ServiceLoader}. */
    public BenchCommands() {}

    @Override
    public List<CommandLine> commands() {
        return List.of(new CommandLine(new BenchCommand()));
    }
}
