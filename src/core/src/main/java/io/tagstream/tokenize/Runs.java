package io.tagstream.tokenize;

import java.util.Arrays;

/**
 * A chunk (text without whitespace) cut into runs that no token border can lie inside, save for clitics: a run is all
 * letters, all digits, or one other symbol repeated. Combining marks, joiners and other invisible format characters belong to
 * the run before them, so that a cut between runs never takes a mark off its base or a surrogate pair apart. Linear in the
 * chunk's length.
 */
final class Runs {
    /** What a run is made of. */
    enum Kind {
        LETTERS,
        DIGITS,
        SYMBOL
    }

    private static final int NONE = -1;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private final String chunk;
    private int[] starts = new int[8];
    private Kind[] kinds = new Kind[8];
    private int count;

    Runs(String chunk) {
        this.chunk = chunk;
        split();
    }

    String chunk() {
        return chunk;
    }

    int count() {
        return count;
    }

    int start(int run) {
        return starts[run];
    }

    int end(int run) {
        return run + 1 < count ? starts[run + 1] : chunk.length();
    }

    Kind kind(int run) {
        return kinds[run];
    }

    boolean is(int run, char symbol) {
        return run >= 0 && run < count && chunk.charAt(starts[run]) == symbol;
    }

    private void split() {
        int base = NONE;
        int previous = NONE;
        boolean flagHalfOpen = false;
        for (int at = 0; at < chunk.length(); ) {
            int c = chunk.codePointAt(at);
            boolean clings = clingsToPrevious(c);
            if (count == 0 && clings) {
                add(at, Kind.SYMBOL);
            } else if (!clings && !(previous == ZERO_WIDTH_JOINER && isPictograph(c))) {
                Kind kind = kindOf(c);
                boolean flagPart = isRegionalIndicator(c);
                if (count > 0 && base == NONE) {
                    // All there was so far is invisible: it leads this run.
                    kinds[count - 1] = kind;
                } else if (count == 0 || !continues(kind, c, base, flagHalfOpen && flagPart)) {
                    add(at, kind);
                    flagHalfOpen = false;
                }
                flagHalfOpen = flagPart && !flagHalfOpen;
                base = c;
            }
            previous = c;
            at += Character.charCount(c);
        }
    }

    private boolean continues(Kind kind, int c, int base, boolean closesFlag) {
        if (kinds[count - 1] != kind) {
            return false;
        }
        return kind != Kind.SYMBOL || closesFlag || (c == base ? !standsAlone(c) : isMark(c) && isMark(base));
    }

    private void add(int start, Kind kind) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, 2 * count);
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
        starts[count] = start;
        kinds[count] = kind;
        count++;
    }

    private static Kind kindOf(int c) {
        if (c < 0x80) {
            return isAsciiLetter(c) ? Kind.LETTERS : c >= '0' && c <= '9' ? Kind.DIGITS : Kind.SYMBOL;
        }
        return Character.isLetter(c) ? Kind.LETTERS : Character.isDigit(c) ? Kind.DIGITS : Kind.SYMBOL;
    }

    static boolean isAsciiLetter(int c) {
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    }

    /** Question and exclamation marks mix in one run. */
    private static boolean isMark(int c) {
        return c == '?' || c == '!';
    }

    /** Brackets and double quotes: two in a row are two tokens. */
    private static boolean standsAlone(int c) {
        return switch (c) {
            case '(', ')', '[', ']', '{', '}', '"', '\u201C', '\u201D' -> true;
            default -> false;
        };
    }

    /** Whether a character is a part of the one before it: combining marks, joiners, skin tones. */
    static boolean clingsToPrevious(int c) {
        if (c < 0x80) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT -> true;
            default -> c >= 0x1F3FB && c <= 0x1F3FF;
        };
    }

    private static boolean isPictograph(int c) {
        return c >= 0x80 && Character.getType(c) == Character.OTHER_SYMBOL;
    }

    private static boolean isRegionalIndicator(int c) {
        return c >= 0x1F1E6 && c <= 0x1F1FF;
    }
}
