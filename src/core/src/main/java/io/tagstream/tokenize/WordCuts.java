package io.tagstream.tokenize;

/**
 * The words that UD English cuts without a sign that says so: {@code cannot}, {@code gonna}, {@code dont}. Those spellings are
 * here that the training part of EWT cuts more often than not, and their sisters. A table of packed lower-case letters, so that
 * the lookup that every plain word needs costs no string.
 */
final class WordCuts {
    private static final int BITS_A_LETTER = 5;
    private static final int LONGEST = 12;
    private static final int SLOTS = 512;
    private static final String[] WORDS = {
        "can|not",
        "gon|na",
        "wan|na",
        "wan|a",
        "got|ta",
        "out|ta",
        "gim|me",
        "lem|me",
        "du|n|no",
        "what|cha",
        "got|cha",
        "ai|nt",
        "ar|nt",
        "are|nt",
        "ca|nt",
        "could|nt",
        "did|nt",
        "do|nt",
        "does|nt",
        "had|nt",
        "has|nt",
        "have|nt",
        "is|nt",
        "must|nt",
        "need|nt",
        "should|nt",
        "was|nt",
        "were|nt",
        "wo|nt",
        "would|nt",
        "i|m",
        "i|ve",
        "you|ve",
        "we|ve",
        "they|ve",
        "you|re",
        "they|re",
        "you|ll",
        "they|ll",
        "it|ll",
        "he|s",
        "she|s",
        "that|s",
        "what|s",
        "there|s",
        "here|s",
        "where|s",
        "who|s",
        "let|s",
        "else|s",
        "a|lot",
        "at|least",
        "in|fact",
        "last|night",
    };
    private static final long[] KEYS = new long[SLOTS];
    /** By slot: bit i set means a cut before letter i. */
    private static final short[] CUTS = new short[SLOTS];

    private static final long INSTANT_MESSAGE = key("IM", 0, 2);

    static {
        for (String word : WORDS) {
            String letters = word.replace("|", "");
            long key = key(letters, 0, letters.length());
            int slot = slot(key);
            while (KEYS[slot] != 0) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            KEYS[slot] = key;
            int letter = 0;
            for (int at = 0; at < word.length(); at++) {
                if (word.charAt(at) == '|') {
                    CUTS[slot] |= (short) (1 << letter);
                } else {
                    letter++;
                }
            }
        }
    }

    private WordCuts() {}

    /** Where the ASCII letters of {@code [start, end)} are cut: bit i set means a cut before letter i; 0 is no cut. */
    static int of(String text, int start, int end) {
        if (end - start > LONGEST || end - start < 2) {
            return 0;
        }
        long key = key(text, start, end);
        for (int slot = slot(key); KEYS[slot] != 0; slot = (slot + 1) & (SLOTS - 1)) {
            if (KEYS[slot] == key) {
                return key == INSTANT_MESSAGE && text.charAt(start + 1) == 'M' ? 0 : CUTS[slot];
            }
        }
        return 0;
    }

    private static long key(String text, int start, int end) {
        long key = 0;
        for (int at = start; at < end; at++) {
            char c = text.charAt(at);
            if (!Runs.isAsciiLetter(c)) {
                return -1;
            }
            key = key << BITS_A_LETTER | (c & 31);
        }
        return key;
    }

    private static int slot(long key) {
        return (int) ((key * 0x9E3779B97F4A7C15L) >>> 55) & (SLOTS - 1);
    }
}
