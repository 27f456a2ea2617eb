package io.tagstream.tokenize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/**
 * The stretches of a chunk that are one token whatever the model thinks: web addresses, e-mail addresses, host and
 * file names, ISO dates and emoticons. Found
 * by hand-written scans that go over the chunk once; a regular expression would overflow the stack or run in squared time on
 * what a stream may bring.
 */
final class FixedSpans {
    private static final String TRAILING = ".,;:!?'\"*)]}\u2019\u201D\u2026";

    private static final int LONGEST_NAME_END = 4;
    /** What stands behind the last point of a host or file name. */
    private static final Set<String> NAME_ENDS = Set.of(
            "com", "org", "net", "edu", "gov", "mil", "info", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "pdf", "txt",
            "csv", "xml", "json", "log", "zip", "gz", "tar", "jar", "exe", "dll", "htm", "html", "php", "jpg", "jpeg",
            "png", "gif", "mp3", "mp4", "avi");

    private int[] bounds = new int[4];
    private int count;

    FixedSpans(String chunk) {
        int at = 0;
        while (at < chunk.length()) {
            char c = chunk.charAt(at);
            int start = at;
            int end = at;
            if (c == ':' && chunk.startsWith("://", at)) {
                start = back(chunk, at, "+.-", lastEnd());
                end = start < at ? addressEnd(chunk, at + 3) : at;
                end = end > at + 3 ? end : at;
            } else if ((c == 'w' || c == 'W')
                    && chunk.regionMatches(true, at, "www.", 0, 4)
                    && (at == 0 || !Character.isLetterOrDigit(chunk.charAt(at - 1)))) {
                end = addressEnd(chunk, at + 4);
                end = end > at + 4 ? end : at;
            } else if (c == '@') {
                start = back(chunk, at, "._%+-=~&", lastEnd());
                end = mailEnd(chunk, at + 1);
                if (start == at || end == at + 1) {
                    end = at;
                } else if (chunk.regionMatches(true, start - 7, "mailto:", 0, 7) && start - 7 >= lastEnd()) {
                    start -= 7;
                }
            } else if (c == '.' && nameEnd(chunk, at) > at) {
                start = back(chunk, at, "._-", lastEnd());
                end = start < at ? nameEnd(chunk, at) : at;
                if (start > lastEnd() && chunk.charAt(start - 1) == '@') {
                    start--;
                }
            } else if (c == '-' && isDateAt(chunk, at - 4) && at - 4 >= lastEnd()) {
                start = at - 4;
                end = timeEnd(chunk, at + 6);
            } else if (Emoticons.mayStart(c)) {
                end = Emoticons.endAt(chunk, at);
            }
            if (end > at) {
                add(start, end);
                at = end;
            } else {
                at++;
            }
        }
    }

    int count() {
        return count / 2;
    }

    int start(int span) {
        return bounds[2 * span];
    }

    int end(int span) {
        return bounds[2 * span + 1];
    }

    private int lastEnd() {
        return count == 0 ? 0 : bounds[count - 1];
    }

    private void add(int start, int end) {
        if (count == bounds.length) {
            bounds = Arrays.copyOf(bounds, 2 * count);
        }
        bounds[count++] = start;
        bounds[count++] = end;
    }

    /** The start of the ASCII letters, digits and {@code others} that end before {@code at}, a letter or digit first. */
    private static int back(String chunk, int at, String others, int limit) {
        int start = at;
        while (start > limit
                && (isAlphanumeric(chunk.charAt(start - 1)) || others.indexOf(chunk.charAt(start - 1)) >= 0)) {
            start--;
        }
        while (start < at && !isAlphanumeric(chunk.charAt(start))) {
            start++;
        }
        return start;
    }

    private static int addressEnd(String chunk, int from) {
        int end = from;
        int open = 0;
        while (end < chunk.length() && "<>\"\u201C\u201D".indexOf(chunk.charAt(end)) < 0) {
            char c = chunk.charAt(end++);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
        while (end > from && TRAILING.indexOf(chunk.charAt(end - 1)) >= 0) {
            if (chunk.charAt(end - 1) == ')' && open++ >= 0) {
                break;
            }
            end--;
        }
        return end;
    }

    private static int mailEnd(String chunk, int from) {
        int end = from;
        while (end < chunk.length() && (isAlphanumeric(chunk.charAt(end)) || "._-".indexOf(chunk.charAt(end)) >= 0)) {
            end++;
        }
        while (end > from && !isAlphanumeric(chunk.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    /** Whether {@code 2024-01-31} stands at {@code start}, no digit around it. */
    private static boolean isDateAt(String chunk, int start) {
        if (start < 0 || start + 10 > chunk.length()) {
            return false;
        }
        for (int at = 0; at < 10; at++) {
            char c = chunk.charAt(start + at);
            boolean hyphen = at == 4 || at == 7;
            if (hyphen ? c != '-' : !isDigit(c)) {
                return false;
            }
        }
        boolean free = start == 0 || !Character.isLetterOrDigit(chunk.charAt(start - 1));
        return free && (start + 10 == chunk.length() || !isDigit(chunk.charAt(start + 10)));
    }

    /** The end of a time as in {@code T12:30:01.5Z} at {@code from}, or {@code from}. */
    private static int timeEnd(String chunk, int from) {
        if (from + 1 >= chunk.length() || chunk.charAt(from) != 'T' || !isDigit(chunk.charAt(from + 1))) {
            return from;
        }
        int end = from + 1;
        while (end < chunk.length() && (isDigit(chunk.charAt(end)) || ":.,+-".indexOf(chunk.charAt(end)) >= 0)) {
            end++;
        }
        while (!isDigit(chunk.charAt(end - 1))) {
            end--;
        }
        return end < chunk.length() && chunk.charAt(end) == 'Z' ? end + 1 : end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The end of the name whose last point is at {@code point}, or {@code point}. */
    private static int nameEnd(String chunk, int point) {
        int end = point + 1;
        while (end < chunk.length() && end - point <= LONGEST_NAME_END + 1 && isAlphanumeric(chunk.charAt(end))) {
            end++;
        }
        int length = end - point - 1;
        boolean known = length >= 2
                && length <= LONGEST_NAME_END
                && NAME_ENDS.contains(chunk.substring(point + 1, end).toLowerCase(Locale.ROOT));
        return known && !chunk.startsWith("@", end) && !goesOn(chunk, end) ? end : point;
    }

    /** Whether another label of a name follows. */
    private static boolean goesOn(String chunk, int end) {
        return end + 1 < chunk.length()
                && (chunk.charAt(end) == '.' || chunk.charAt(end) == '-' || chunk.charAt(end) == '_')
                && isAlphanumeric(chunk.charAt(end + 1));
    }

    private static boolean isAlphanumeric(char c) {
        return Runs.isAsciiLetter(c) || isDigit(c);
    }
}
