package io.tagstream.tokenize;

import io.tagstream.tokenize.Runs.Kind;
import java.util.BitSet;

/** The borders of a chunk's runs, sorted into those that rules decide and those that are left open for the model. */
final class Borders {
    private final Runs runs;
    private final BitSet certain = new BitSet();
    private final BitSet closed = new BitSet();

    Borders(String chunk) {
        runs = new Runs(chunk);
        fixSpans(new FixedSpans(chunk));
        for (int run = 0; run < runs.count(); run++) {
            int start = runs.start(run);
            if (runs.kind(run) == Kind.LETTERS && !closed.get(start + 1)) {
                cutLetters(run);
            }
            if (run > 0 && !closed.get(start) && (isStrange(run - 1) || isStrange(run))) {
                closed.set(start);
                certain.set(start);
            }
        }
    }

    Runs runs() {
        return runs;
    }

    /** The offsets at which the rules begin a token; the caller's to change. */
    BitSet certain() {
        return certain;
    }

    /** Whether the border before this run is for the model to decide. */
    boolean isOpen(int run) {
        return !closed.get(runs.start(run));
    }

    private void fixSpans(FixedSpans spans) {
        for (int span = 0; span < spans.count(); span++) {
            int start = spans.start(span);
            int end = pastClinging(spans.end(span));
            closed.set(start, end + 1);
            if (start > 0) {
                certain.set(start);
            }
            if (end < runs.chunk().length()) {
                certain.set(end);
            }
        }
    }

    /** Marks and invisible characters behind a span belong to its last character. */
    private int pastClinging(int end) {
        String chunk = runs.chunk();
        int at = end;
        while (at < chunk.length() && Runs.clingsToPrevious(chunk.codePointAt(at))) {
            at += Character.charCount(chunk.codePointAt(at));
        }
        return at;
    }

    private void cutLetters(int run) {
        int start = runs.start(run);
        int end = runs.end(run);
        String chunk = runs.chunk();
        if (isNegation(run)) {
            closed.set(end, runs.end(run + 1) + 1);
            if (end - 1 > start) {
                certain.set(end - 1);
            }
            return;
        }
        if (run > 0 && isApostrophe(run - 1)) {
            return;
        }
        int cuts = WordCuts.of(chunk, start, end);
        for (int letter = 1; cuts >> letter != 0; letter++) {
            if ((cuts >> letter & 1) != 0) {
                certain.set(start + letter);
            }
        }
    }

    /** Whether this run is the {@code don} of {@code don't}. */
    private boolean isNegation(int run) {
        if (run + 2 >= runs.count() || !isApostrophe(run + 1) || runs.end(run + 2) - runs.start(run + 2) != 1) {
            return false;
        }
        char n = runs.chunk().charAt(runs.end(run) - 1);
        char t = runs.chunk().charAt(runs.start(run + 2));
        return (n == 'n' || n == 'N') && (t == 't' || t == 'T');
    }

    private boolean isApostrophe(int run) {
        return runs.end(run) - runs.start(run) == 1
                && "'`".indexOf(Signs.plain(runs.chunk().charAt(runs.start(run)))) >= 0;
    }

    private boolean isStrange(int run) {
        return runs.kind(run) == Kind.SYMBOL && !Signs.isFamiliar(runs.chunk().charAt(runs.start(run)));
    }
}
