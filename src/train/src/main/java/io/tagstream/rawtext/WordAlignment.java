package io.tagstream.rawtext;

import java.util.ArrayList;
import java.util.List;

/**
 * Aligns the words that a system found with those of the gold standard, as the CoNLL 2018 shared task does (Zeman et al. 2018, section
 * 4.1, and its script conll18_ud_eval.py).
 *
 * <ol>
 *   <li>Where neither side has a multiword token, two words are aligned if they cover the same characters.
 *   <li>Where one side has, the smallest stretch of text is taken around it at whose ends no multiword token is cut; inside, the words are
 *       aligned by the longest common subsequence of their forms in lower case.
 * </ol>
 *
 * Offsets may count whitespace or not, as long as no word begins or ends with any.
 */
final class WordAlignment {
    private final List<AlignedWord> gold;
    private final List<AlignedWord> system;
    private final List<Pair> pairs = new ArrayList<>();
    private int g;
    private int s;

    private WordAlignment(List<AlignedWord> gold, List<AlignedWord> system) {
        this.gold = gold;
        this.system = system;
    }

    /** The index of a gold word and of the system word that is aligned with it. */
    record Pair(int gold, int system) {}

    /** The aligned words in their order. */
    static List<Pair> align(List<AlignedWord> gold, List<AlignedWord> system) {
        WordAlignment alignment = new WordAlignment(gold, system);
        while (alignment.g < gold.size() && alignment.s < system.size()) {
            if (gold.get(alignment.g).multiword() || system.get(alignment.s).multiword()) {
                alignment.alignMultiword();
            } else {
                alignment.alignSpan();
            }
        }
        return alignment.pairs;
    }

    private void alignSpan() {
        AlignedWord one = gold.get(g);
        AlignedWord other = system.get(s);
        if (one.start() == other.start() && one.end() == other.end()) {
            pairs.add(new Pair(g++, s++));
        } else if (one.start() <= other.start()) {
            g++;
        } else {
            s++;
        }
    }

    private void alignMultiword() {
        int end;
        if (gold.get(g).multiword()) {
            end = gold.get(g).end();
            if (!system.get(s).multiword()
                    && system.get(s).start() < gold.get(g).start()) {
                s++;
            }
        } else {
            end = system.get(s).end();
            if (gold.get(g).start() < system.get(s).start()) {
                g++;
            }
        }
        int fromGold = g;
        int fromSystem = s;
        while (!isBeyond(gold, g, end) || !isBeyond(system, s, end)) {
            if (g < gold.size()
                    && (s >= system.size()
                            || gold.get(g).start() <= system.get(s).start())) {
                end = extended(gold.get(g++), end);
            } else {
                end = extended(system.get(s++), end);
            }
        }
        alignForms(fromGold, fromSystem);
    }

    private static boolean isBeyond(List<AlignedWord> words, int index, int end) {
        if (index >= words.size()) {
            return true;
        }
        AlignedWord word = words.get(index);
        return word.multiword() ? word.start() >= end : word.end() > end;
    }

    private static int extended(AlignedWord word, int end) {
        return word.multiword() ? Math.max(end, word.end()) : end;
    }

    /** Aligns the words from the given ones up to the current ones by their longest common subsequence. */
    private void alignForms(int fromGold, int fromSystem) {
        int rows = g - fromGold;
        int columns = s - fromSystem;
        int[][] common = new int[rows + 1][columns + 1]; // [i][j]: its length for the words from i and from j on
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                int both = isSame(fromGold + i, fromSystem + j) ? common[i + 1][j + 1] + 1 : 0;
                common[i][j] = Math.max(both, Math.max(common[i + 1][j], common[i][j + 1]));
            }
        }
        int i = 0;
        int j = 0;
        while (i < rows && j < columns) {
            if (isSame(fromGold + i, fromSystem + j)) {
                pairs.add(new Pair(fromGold + i++, fromSystem + j++));
            } else if (common[i][j] == common[i + 1][j]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private boolean isSame(int goldWord, int systemWord) {
        return gold.get(goldWord).form().equalsIgnoreCase(system.get(systemWord).form());
    }
}
