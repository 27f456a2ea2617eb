package io.tagstream.command;

import io.tagstream.cli.TagstreamVersion;
import io.tagstream.compare.ComparisonSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares networks. What it needs of lib-train is named in {@link Comparing} alone. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = TagstreamVersion.class,
        description = {
            "Trains networks that differ in one choice (cell, memory over sentences, look-ahead, word vectors, width, int8), from several "
                    + "seeds each, and finds out what memory over sentences buys; writes tables and figures.",
            "Takes a training for every row and seed: half an hour and more. Ctrl-C ends it; the same command goes on where it was broken off."
        },
        footer = {
            "",
            "Rows: base, rnn, reset, ahead-0, ahead-2, sentence, no-vectors, hidden-64, hidden-256; of the models base and reset on streams",
            "of several kinds and on names that recur: streams, names; small networks that must remember over sentences: recall.",
            "",
            "Examples:",
            "  tagstream compare --vectors glove.6B.100d.txt                    all, the treebank in $TAGSTREAM_DATA",
            "  tagstream compare --rows rnn,streams --seeds 1,2 --epochs 2 --out quick",
        })
final class CompareCommand implements Callable<Integer> {
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

    @Override
    public Integer call() throws IOException {
        return Comparing.run(this);
    }
}
