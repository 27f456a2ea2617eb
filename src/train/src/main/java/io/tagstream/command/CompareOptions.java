package io.tagstream.command;

import io.tagstream.compare.ComparisonSettings;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code compare}. */
class CompareOptions {
    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "The folder for findings, models, tables and figures (default: ${DEFAULT-VALUE}).")
    Path out = Path.of("comparison");

    @Option(
            names = "--train",
            paramLabel = "FILE.conllu",
            description = "The training corpus (default: $TAGSTREAM_DATA/ewt/train.conllu).")
    @Nullable
    Path train;

    @Option(
            names = "--dev",
            paramLabel = "FILE.conllu",
            description = "What models are scored on (default: $TAGSTREAM_DATA/ewt/dev.conllu).")
    @Nullable
    Path dev;

    @Option(
            names = "--vectors",
            paramLabel = "FILE",
            description = "Word vectors, as for 'train' (default: none, and no row about them).")
    @Nullable
    Path vectors;

    @Option(names = "--seeds", paramLabel = "N", split = ",", description = "The seeds (default: 1,2,3).")
    List<Long> seeds = List.of();

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Epochs a training (default: " + ComparisonSettings.DEFAULT_EPOCHS + ").")
    @Nullable
    Integer epochs;

    @Option(names = "--rows", paramLabel = "ROW", split = ",", description = "Only these rows (default: all).")
    List<String> rows = List.of();

    @Option(
            names = "--page",
            paramLabel = "FILE.md",
            description = "Also write the tables into this file, between its marks (see src/site/markdown/model.md).")
    @Nullable
    Path page;
}
