package io.tagstream.tokenize;

import io.tagstream.text.Whitespace;
import java.util.Locale;
import java.util.Set;

/** Tells {@code its} and {@code your} that mean {@code it's} and {@code you're} from the possessives, by the next word. */
final class Homographs {
    private static final int LONGEST = 10;
    /** Words that hardly ever begin what is possessed; the first two lines were seen in the training part of EWT. */
    private static final Set<String> AFTER_ITS = Set.of(
            "a",
            "the",
            "not",
            "very",
            "just",
            "also",
            "really",
            "been",
            "all",
            "only",
            "still",
            "now",
            "like",
            "called",
            "from",
            "for",
            "in",
            "between",
            "getting",
            "simply",
            "definitely",
            "prolly",
            "great",
            "an",
            "so",
            "too",
            "no",
            "going",
            "because",
            "on",
            "at",
            "with",
            "what",
            "always",
            "probably",
            "being",
            "about");

    private static final Set<String> AFTER_YOUR = Set.of(
            "gonna", "going", "in", "on", "at", "a", "an", "the", "not", "welcome", "looking", "calling", "being");

    private Homographs() {}

    /** The cuts of the word {@code [start, end)} as {@link WordCuts#of} gives them. */
    static int cuts(String text, int start, int end) {
        if (end - start == 3 && text.regionMatches(true, start, "its", 0, 3)) {
            return AFTER_ITS.contains(nextWord(text, end)) ? 1 << 2 : 0;
        }
        if (end - start == 4 && text.regionMatches(true, start, "your", 0, 4)) {
            return AFTER_YOUR.contains(nextWord(text, end)) ? 1 << 3 : 0;
        }
        return 0;
    }

    private static String nextWord(String text, int end) {
        int start = end;
        // A gap wider than one character is no longer the same phrase, and bounding it bounds the work.
        if (start < text.length() && Whitespace.is(text.charAt(start))) {
            start++;
        }
        int stop = start;
        while (stop < text.length() && stop - start <= LONGEST && Runs.isAsciiLetter(text.charAt(stop))) {
            stop++;
        }
        return text.substring(start, stop).toLowerCase(Locale.ROOT);
    }
}
