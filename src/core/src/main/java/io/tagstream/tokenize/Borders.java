package io.tagstream.tokenize;

import io.tagstream.tokenize.Runs.Kind;
import java.util.BitSet;
import java.util.Locale;
import java.util.Set;

/** The borders of a chunk's runs, sorted into those that rules decide and those that are left open for the model. */
final class Borders {
    private static final Set<String> CLITICS = Set.of("ve", "ll", "re");

    private final Runs runs;
    private final BitSet certain = new BitSet();
    private final BitSet closed = new BitSet();
    private final BitSet inSpan = new BitSet();

    Borders(String chunk) {
        runs = new Runs(chunk);
        fixSpans(new FixedSpans(chunk));
        for (int run = 0; run < runs.count(); run++) {
            if (inSpan.get(runs.start(run))) {
                continue;
            }
            if (runs.kind(run) == Kind.LETTERS) {
                cutLetters(run);
            } else if (runs.kind(run) == Kind.SYMBOL) {
                decideSign(run);
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
            inSpan.set(start, end);
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

    /** The signs that are the same everywhere; the model has seen too few of some of them. */
    private void decideSign(int run) {
        char sign = runs.chunk().charAt(runs.start(run));
        boolean between = isWord(run - 1) && isWord(run + 1);
        if (!Signs.isFamiliar(sign)) {
            cut(run);
            cut(run + 1);
        } else if (isApostrophe(run) && between && runs.kind(run + 1) == Kind.LETTERS) {
            cutApostrophe(run);
        } else if (sign == '_' && between) {
            join(run);
            join(run + 1);
        } else if ((sign == '#' || sign == '@')
                && !isWord(run - 1)
                && isWord(run + 1)
                && runs.kind(run + 1) == Kind.LETTERS) {
            join(run + 1);
        } else if ((sign == '!' || sign == '?') && between) {
            cut(run);
            cut(run + 1);
        }
    }

    private void cutApostrophe(int run) {
        int length = runs.end(run + 1) - runs.start(run + 1);
        if (length < 2) {
            return;
        }
        String letters = length == 2 ? text(run + 1) : "";
        if (CLITICS.contains(letters)) {
            cut(run);
            join(run + 1);
        } else if (!(run > 1 && isApostrophe(run - 2))
                && (!letters.equals("am") || text(run - 1).equals("ma"))) {
            // Names and the like: O'Brien, o'clock, ma'am.
            join(run);
            join(run + 1);
        }
    }

    private String text(int run) {
        return runs.chunk().substring(runs.start(run), runs.end(run)).toLowerCase(Locale.ROOT);
    }

    private boolean isWord(int run) {
        return run >= 0 && run < runs.count() && runs.kind(run) != Kind.SYMBOL;
    }

    private void cut(int run) {
        if (run > 0 && run < runs.count() && isOpen(run)) {
            closed.set(runs.start(run));
            certain.set(runs.start(run));
        }
    }

    private void join(int run) {
        if (run > 0 && run < runs.count()) {
            closed.set(runs.start(run));
        }
    }
}
