package io.tagstream.command;

import io.tagstream.compare.Comparison;
import io.tagstream.compare.ComparisonSettings;
import io.tagstream.terminal.CommandException;
import io.tagstream.terminal.ExitCode;
import io.tagstream.terminal.StopSignal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/** What {@code compare} does, apart from its options: this class needs lib-train. */
final class Comparing {
    private Comparing() {}

    static int run(CompareOptions options) throws IOException {
        ComparisonSettings settings = new ComparisonSettings(
                Training.corpus(options.train, "train"),
                Training.corpus(options.dev, "dev"),
                options.vectors,
                options.seeds.isEmpty() ? ComparisonSettings.DEFAULT_SEEDS : options.seeds,
                Objects.requireNonNullElse(options.epochs, ComparisonSettings.DEFAULT_EPOCHS),
                options.rows,
                options.out,
                options.page);
        try (StopSignal stop = new StopSignal()) {
            Path tables = Comparison.run(settings, stop, System.err::println);
            System.out.println(tables);
            if (stop.getAsBoolean()) {
                throw CommandException.failed("stopped before all was found out: the same command goes on from here");
            }
        }
        return ExitCode.OK;
    }
}
