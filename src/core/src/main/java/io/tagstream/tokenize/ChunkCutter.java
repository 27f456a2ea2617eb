package io.tagstream.tokenize;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Where the tokens of one chunk begin: fixed spans first, then the clitics that are certain, then the model. */
final class ChunkCutter {
    /** No word is longer; beyond it borders go by the kind of character alone, so that work a character stays bounded. */
    private static final int LONGEST_WORD = 256;

    /** Chunks recur: most of a text's are among these. Emptied when full, which costs time and never changes a result. */
    private static final int CACHED = 8192;

    private static final int LONGEST_CACHED = 32;
    private static final String CONNECTORS = "-/=&+~|";

    private record Key(String chunk, Follower after) {}

    private final Map<Key, BitSet> cache = new HashMap<>();
    private final BoundaryModel model;

    ChunkCutter(BoundaryModel model) {
        this.model = model;
    }

    /** The offsets in the chunk, besides 0, at which a token begins; not to be changed. */
    BitSet cut(String chunk, Follower after) {
        if (chunk.length() > LONGEST_CACHED) {
            return decide(chunk, after);
        }
        Key key = new Key(chunk, after);
        BitSet cuts = cache.get(key);
        if (cuts == null) {
            cuts = decide(chunk, after);
            if (cache.size() == CACHED) {
                cache.clear();
            }
            cache.put(key, cuts);
        }
        return cuts;
    }

    private BitSet decide(String chunk, Follower after) {
        Borders borders = new Borders(chunk);
        BitSet cuts = borders.certain();
        Runs runs = borders.runs();
        if (chunk.length() > LONGEST_WORD) {
            cutByKind(borders, cuts);
            return cuts;
        }
        for (int run = 1; run < runs.count(); run++) {
            if (!borders.isOpen(run)) {
                continue;
            }
            double cut = model.cutProbability(runs, run, after);
            if (isConnector(borders, run)) {
                // Both sides of a sign that connects go the same way: apart or joined.
                cut = (cut + model.cutProbability(runs, run + 1, after)) / 2;
                set(cuts, runs.start(run + 1), cut);
                set(cuts, runs.start(run), cut);
                run++;
            } else {
                set(cuts, runs.start(run), cut);
            }
        }
        return cuts;
    }

    private static void set(BitSet cuts, int at, double probability) {
        if (probability > 0.5) {
            cuts.set(at);
        }
    }

    private static boolean isConnector(Borders borders, int run) {
        Runs runs = borders.runs();
        return run + 1 < runs.count()
                && runs.kind(run) == Runs.Kind.SYMBOL
                && runs.end(run) - runs.start(run) == 1
                && CONNECTORS.indexOf(Signs.plain(runs.chunk().charAt(runs.start(run)))) >= 0
                && runs.kind(run - 1) != Runs.Kind.SYMBOL
                && runs.kind(run + 1) != Runs.Kind.SYMBOL
                && borders.isOpen(run + 1);
    }

    private static void cutByKind(Borders borders, BitSet cuts) {
        Runs runs = borders.runs();
        for (int run = 1; run < runs.count(); run++) {
            if (borders.isOpen(run) && !isNumberPoint(runs, run)) {
                cuts.set(runs.start(run));
            }
        }
    }

    /** Whether the border lies in a number, a time or a date. */
    private static boolean isNumberPoint(Runs runs, int run) {
        return isPoint(runs, run, run - 1, run + 1) || isPoint(runs, run - 1, run - 2, run);
    }

    private static boolean isPoint(Runs runs, int point, int before, int behind) {
        return before >= 0
                && behind < runs.count()
                && runs.end(point) - runs.start(point) == 1
                && (runs.is(point, '.') || runs.is(point, ',') || runs.is(point, ':') || runs.is(point, '/'))
                && runs.kind(before) == Runs.Kind.DIGITS
                && runs.kind(behind) == Runs.Kind.DIGITS;
    }
}
