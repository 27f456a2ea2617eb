package io.tagstream.command;

import io.tagstream.cli.TagstreamVersion;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

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
final class CompareCommand extends CompareOptions implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
        return Comparing.run(this);
    }
}
