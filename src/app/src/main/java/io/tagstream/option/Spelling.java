package io.tagstream.option;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what somebody meant who wrote a name that does not exist: capitals, dots, underscores and hyphens count for nothing. */
public final class Spelling {
    private static final int SHORT = 3;
    private static final int MIDDLE = 7;
    private static final int MOST = 3;

    private Spelling() {}

    /** The names that come closest, as they are written; none where nothing comes close. */
    public static List<String> closest(String wrong, Collection<String> names) {
        String plain = plain(wrong);
        int least = plain.length() <= SHORT ? 1 : plain.length() <= MIDDLE ? 2 : MOST;
        TreeSet<String> closest = new TreeSet<>();
        for (String name : names) {
            int distance = distance(plain, plain(name));
            if (distance < least) {
                closest.clear();
            }
            if (distance <= least) {
                least = distance;
                closest.add(name);
            }
        }
        if (closest.isEmpty() && plain.length() >= SHORT) {
            names.stream().filter(name -> plain(name).startsWith(plain)).forEach(closest::add);
        }
        return closest.stream().limit(MOST).toList();
    }

    /** {@code ": did you mean 'a' or 'b'?"}, or what is to be said instead. */
    public static String didYouMean(List<String> closest, String otherwise) {
        return closest.isEmpty()
                ? otherwise
                : closest.stream()
                        .map(name -> "'" + name + "'")
                        .collect(Collectors.joining(" or ", ": did you mean ", "?"));
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceFirst("^-+", "").replaceAll("[._-]+", "-");
    }

    /** Letters to put in, take out, replace or swap with their neighbour. */
    private static int distance(String from, String to) {
        int[][] steps = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int same = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int best = Math.min(steps[i - 1][j - 1] + same, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    best = Math.min(best, steps[i - 2][j - 2] + 1);
                }
                steps[i][j] = best;
            }
        }
        return steps[from.length()][to.length()];
    }
}
