package io.tagstream.tokenize;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the boundary model sees of a border between two runs of a chunk: the runs around it as text and as shape. The names of
 * the features are part of the trained model; changing them means training it again.
 */
final class BoundaryFeatures {
    private static final int LONGEST_RUN = 12;
    private static final int SHAPE_RUNS = 6;
    /** Prefixes that UD English leaves joined to their word over a hyphen (the list of the treebank's guidelines, shortened). */
    private static final Set<String> PREFIXES = Set.of(
            "a", "ante", "anti", "arch", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e", "eco", "ex",
            "extra", "hyper", "inter", "intra", "macro", "mega", "micro", "mid", "mini", "mis", "multi", "neo", "non",
            "omni", "over", "pan", "para", "peri", "post", "pre", "pro", "pseudo", "psycho", "quasi", "re", "semi",
            "sub", "super", "supra", "trans", "tri", "ultra", "un", "under", "uni", "vice");

    private static final Set<String> SUFFIXES =
            Set.of("esque", "ette", "fest", "fold", "gate", "itis", "less", "like", "most", "rama", "wise");

    private BoundaryFeatures() {}

    /** The features of the border before run {@code run} (at least 1), in a chunk that {@code after} follows. */
    static String[] of(Runs runs, int run, Follower after) {
        String l = text(runs, run - 1);
        String r = text(runs, run);
        String ll = text(runs, run - 2);
        String rr = text(runs, run + 1);
        String kl = shape(runs, run - 1);
        String kr = shape(runs, run);
        String kll = shape(runs, run - 2);
        String krr = shape(runs, run + 1);
        List<String> features = new ArrayList<>(24);
        features.add("l " + l);
        features.add("r " + r);
        features.add("lr " + l + ' ' + r);
        features.add("llr " + ll + ' ' + l + ' ' + r);
        features.add("lrr " + l + ' ' + r + ' ' + rr);
        features.add("kl " + kl);
        features.add("kr " + kr);
        features.add("klr " + kl + ' ' + kr);
        features.add("kllr " + kll + ' ' + kl + ' ' + kr);
        features.add("klrr " + kl + ' ' + kr + ' ' + krr);
        features.add("kllrr " + kll + ' ' + kl + ' ' + kr + ' ' + krr);
        features.add("lkr " + l + ' ' + kr + ' ' + krr);
        features.add("klr1 " + kll + ' ' + kl + ' ' + r);
        String left = shapes(runs, Math.max(0, run - SHAPE_RUNS), run, run <= SHAPE_RUNS ? "^" : "");
        int to = Math.min(runs.count(), run + SHAPE_RUNS);
        String right = shapes(runs, run, to, "") + (to == runs.count() ? "$" : "");
        features.add("sl " + left);
        features.add("sr " + right);
        features.add("s " + left + ' ' + right);
        if (run + 1 == runs.count()) {
            features.add("e " + after + ' ' + r);
            features.add("ek " + after + ' ' + kl + ' ' + r);
            features.add("el " + after + ' ' + l + ' ' + r);
        }
        if (runs.is(run, '-') || runs.is(run - 1, '-')) {
            int hyphen = runs.is(run, '-') ? run : run - 1;
            boolean prefix = PREFIXES.contains(text(runs, hyphen - 1));
            boolean suffix = SUFFIXES.contains(text(runs, hyphen + 1));
            features.add(prefix ? "prefix" : suffix ? "suffix" : "compound");
        }
        return features.toArray(new String[0]);
    }

    private static String text(Runs runs, int run) {
        if (run < 0) {
            return "^";
        }
        if (run >= runs.count()) {
            return "$";
        }
        int start = runs.start(run);
        int end = Math.min(runs.end(run), start + LONGEST_RUN);
        if (runs.kind(run) == Runs.Kind.SYMBOL) {
            return plain(runs, run, end - start);
        }
        return runs.chunk().substring(start, end).toLowerCase(Locale.ROOT);
    }

    private static String shapes(Runs runs, int from, int to, String prefix) {
        StringBuilder shapes = new StringBuilder(prefix);
        for (int run = from; run < to; run++) {
            shapes.append(
                    switch (runs.kind(run)) {
                        case LETTERS -> 'a';
                        case DIGITS -> '9';
                        case SYMBOL -> Signs.plain(runs.chunk().charAt(runs.start(run)));
                    });
        }
        return shapes.toString();
    }

    private static String shape(Runs runs, int run) {
        if (run < 0) {
            return "^";
        }
        if (run >= runs.count()) {
            return "$";
        }
        int start = runs.start(run);
        int length = runs.end(run) - start;
        return switch (runs.kind(run)) {
            case LETTERS -> letters(runs.chunk(), start, length);
            case DIGITS -> "9" + Math.min(length, 5);
            case SYMBOL -> plain(runs, run, Math.min(length, 2));
        };
    }

    private static String plain(Runs runs, int run, int length) {
        String chunk = runs.chunk();
        int start = runs.start(run);
        char first = Signs.plain(chunk.charAt(start));
        if (length == 1) {
            return String.valueOf(first);
        }
        StringBuilder signs = new StringBuilder(length).append(first);
        for (int at = start + 1; at < start + length; at++) {
            signs.append(Signs.plain(chunk.charAt(at)));
        }
        return signs.toString();
    }

    private static String letters(String chunk, int start, int length) {
        boolean upperFirst = Character.isUpperCase(chunk.charAt(start));
        boolean upperLast = Character.isUpperCase(chunk.charAt(start + length - 1));
        String caseShape = upperFirst ? (upperLast ? "A" : "Aa") : "a";
        return caseShape + Math.min(length, 4);
    }
}
