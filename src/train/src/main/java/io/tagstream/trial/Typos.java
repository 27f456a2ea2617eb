package io.tagstream.trial;

import java.util.Random;

/**
 * Mistypes words: of those with at least {@value #SHORTEST} characters, all letters, {@value #PERCENT} in a hundred get one slip,
 * each kind as often: two neighbours change places, a letter is left out, doubled, or replaced by another. The same seed and words
 * give the same slips.
 */
public final class Typos {
    public static final int PERCENT = 30;
    public static final int SHORTEST = 3;

    private static final int HUNDRED = 100;
    private static final int KINDS = 4;
    private static final int LETTERS = 26;

    private final Random random;

    Typos(long seed) {
        this.random = new Random(seed);
    }

    /** A word as it is typed. */
    String of(String word) {
        if (word.length() < SHORTEST
                || !word.chars().allMatch(Character::isLetter)
                || random.nextInt(HUNDRED) >= PERCENT) {
            return word;
        }
        StringBuilder typed = new StringBuilder(word);
        int at = random.nextInt(word.length() - 1);
        char here = typed.charAt(at);
        switch (random.nextInt(KINDS)) {
            case 0 -> {
                typed.setCharAt(at, typed.charAt(at + 1));
                typed.setCharAt(at + 1, here);
            }
            case 1 -> typed.deleteCharAt(at);
            case 2 -> typed.insert(at, here);
            default -> {
                char other = (char) ('a' + random.nextInt(LETTERS));
                typed.setCharAt(at, Character.isUpperCase(here) ? Character.toUpperCase(other) : other);
            }
        }
        return typed.toString();
    }
}
