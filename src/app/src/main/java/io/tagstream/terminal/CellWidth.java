package io.tagstream.terminal;

import java.util.TreeMap;
import java.util.regex.Pattern;

/** How many cells of a terminal a text takes: two for a wide character (Chinese, Japanese, Korean, emoji), none for a combining one. */
public final class CellWidth {
    /** What would steer the terminal or turn the direction of the line, which no text of somebody's may do. */
    private static final Pattern STEERING =
            Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}\\x{200E}\\x{200F}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}]");

    /** First code point to last: East Asian wide and full width, and emoji that are shown as pictures by themselves (Unicode 15). */
    private static final TreeMap<Integer, Integer> WIDE = new TreeMap<>();

    static {
        int[][] ranges = {
            {0x1100, 0x115f},
            {0x231a, 0x231b},
            {0x2329, 0x232a},
            {0x23e9, 0x23ec},
            {0x23f0, 0x23f0},
            {0x23f3, 0x23f3},
            {0x25fd, 0x25fe},
            {0x2614, 0x2615},
            {0x2648, 0x2653},
            {0x267f, 0x267f},
            {0x2693, 0x2693},
            {0x26a1, 0x26a1},
            {0x26aa, 0x26ab},
            {0x26bd, 0x26be},
            {0x26c4, 0x26c5},
            {0x26ce, 0x26ce},
            {0x26d4, 0x26d4},
            {0x26ea, 0x26ea},
            {0x26f2, 0x26f3},
            {0x26f5, 0x26f5},
            {0x26fa, 0x26fa},
            {0x26fd, 0x26fd},
            {0x2705, 0x2705},
            {0x270a, 0x270b},
            {0x2728, 0x2728},
            {0x274c, 0x274c},
            {0x274e, 0x274e},
            {0x2753, 0x2755},
            {0x2757, 0x2757},
            {0x2795, 0x2797},
            {0x27b0, 0x27b0},
            {0x27bf, 0x27bf},
            {0x2b1b, 0x2b1c},
            {0x2b50, 0x2b50},
            {0x2b55, 0x2b55},
            {0x2e80, 0x303e},
            {0x3041, 0x33ff},
            {0x3400, 0x4dbf},
            {0x4e00, 0x9fff},
            {0xa000, 0xa4cf},
            {0xa960, 0xa97f},
            {0xac00, 0xd7a3},
            {0xf900, 0xfaff},
            {0xfe10, 0xfe19},
            {0xfe30, 0xfe6f},
            {0xff00, 0xff60},
            {0xffe0, 0xffe6},
            {0x16fe0, 0x18aff},
            {0x1b000, 0x1b2ff},
            {0x1f004, 0x1f004},
            {0x1f0cf, 0x1f0cf},
            {0x1f18e, 0x1f18e},
            {0x1f191, 0x1f19a},
            {0x1f200, 0x1f320},
            {0x1f32d, 0x1f335},
            {0x1f337, 0x1f37c},
            {0x1f37e, 0x1f393},
            {0x1f3a0, 0x1f3ca},
            {0x1f3cf, 0x1f3d3},
            {0x1f3e0, 0x1f3f0},
            {0x1f3f4, 0x1f3f4},
            {0x1f3f8, 0x1f43e},
            {0x1f440, 0x1f440},
            {0x1f442, 0x1f4fc},
            {0x1f4ff, 0x1f53d},
            {0x1f54b, 0x1f54e},
            {0x1f550, 0x1f567},
            {0x1f57a, 0x1f57a},
            {0x1f595, 0x1f596},
            {0x1f5a4, 0x1f5a4},
            {0x1f5fb, 0x1f64f},
            {0x1f680, 0x1f6c5},
            {0x1f6cc, 0x1f6cc},
            {0x1f6d0, 0x1f6d2},
            {0x1f6d5, 0x1f6df},
            {0x1f6eb, 0x1f6ec},
            {0x1f6f4, 0x1f6fc},
            {0x1f7e0, 0x1f7f0},
            {0x1f90c, 0x1f93a},
            {0x1f93c, 0x1f945},
            {0x1f947, 0x1f9ff},
            {0x1fa70, 0x1faff},
            {0x20000, 0x3fffd}
        };
        for (int[] range : ranges) {
            WIDE.put(range[0], range[1]);
        }
    }

    private CellWidth() {}

    /** The text with a question mark for each character that would steer the terminal. */
    public static String safe(String text) {
        return STEERING.matcher(text).replaceAll("?");
    }

    public static int of(String text) {
        return text.codePoints().map(CellWidth::of).sum();
    }

    static int of(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default -> {
                var range = WIDE.floorEntry(codePoint);
                yield range != null && codePoint <= range.getValue() ? 2 : 1;
            }
        };
    }

    /** The text in so many cells: filled up with spaces, or cut, which an ellipsis shows. */
    static String fit(String text, int cells) {
        int width = of(text);
        if (width <= cells) {
            return text + " ".repeat(cells - width);
        }
        StringBuilder cut = new StringBuilder();
        int used = 0;
        for (int codePoint : text.codePoints().toArray()) {
            if (used + of(codePoint) > cells - 1) {
                break;
            }
            cut.appendCodePoint(codePoint);
            used += of(codePoint);
        }
        return cut.append('…').append(" ".repeat(cells - 1 - used)).toString();
    }

    /** Whether some of it is written from right to left. */
    static boolean isRightToLeft(String text) {
        return text.codePoints().anyMatch(codePoint -> {
            byte direction = Character.getDirectionality(codePoint);
            return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                    || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        });
    }
}
