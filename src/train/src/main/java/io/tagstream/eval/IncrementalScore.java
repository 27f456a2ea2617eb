package io.tagstream.eval;

import java.util.List;

/**
 * How labels come and change while a sentence is still growing, after Baumann, Buss and Schlangen (2011), "Evaluation and Optimisation
 * of Incremental Processors", Dialogue and Discourse 2(1), 113-141, as Madureira and Schlangen (2020), "Incremental Processing in the Age
 * of Non-Incremental Encoders", apply it to one label a token.
 *
 * <p>A sentence of T tokens gives T increments: after n tokens the system tags those n. With a delay of d it shows, of these, all but the
 * last d, and after the last token of the sentence all. So token t (from 0) is first shown in increment min(t + 1 + d, T), having seen d
 * tokens after it where there are as many. Then:
 *
 * <ul>
 *   <li><b>Edit overhead</b>: the unnecessary edits among all edits. An edit is the first showing of a token's label (necessary, one a
 *       token) or its replacement by another label (unnecessary; one edit, not a revocation and an addition).
 *   <li><b>Correction time</b> of a token: the number of tokens between the first occurrence, the increment in which its label is first
 *       shown, and the final decision, the first increment from which on its label is the final one. 0 if it never changes.
 *   <li><b>Relative correctness</b>: the share of increments, among those that show any label, in which all labels shown are the final
 *       ones, right or wrong: what is shown is a prefix of the final output.
 * </ul>
 *
 * Not for more than one thread at a time.
 */
final class IncrementalScore {
    private static final double PERCENT = 100;

    private final int delay;
    private int tokens;
    private int right;
    private int replaced;
    private int revised;
    private long corrections;
    private int longest;
    private int increments;
    private int correct;

    /** @param delay the tokens of look-ahead that the system waits for */
    IncrementalScore(int delay) {
        this.delay = delay;
    }

    /**
     * Counts one sentence.
     *
     * @param outputs by increment the labels of the tokens so far: element n - 1 has n labels
     * @param gold the right labels
     */
    void add(List<List<String>> outputs, List<String> gold) {
        int length = gold.size();
        if (length == 0) {
            return;
        }
        List<String> last = outputs.get(length - 1);
        for (int token = 0; token < length; token++) {
            int shown = Math.min(token + 1 + delay, length);
            String before = outputs.get(shown - 1).get(token);
            right += before.equals(gold.get(token)) ? 1 : 0;
            int decision = shown;
            for (int increment = shown + 1; increment <= length; increment++) {
                String label = outputs.get(increment - 1).get(token);
                if (!label.equals(before)) {
                    replaced++;
                    decision = increment;
                    before = label;
                }
            }
            corrections += decision - shown;
            longest = Math.max(longest, decision - shown);
            revised += decision > shown ? 1 : 0;
        }
        tokens += length;
        for (int increment = Math.min(1 + delay, length); increment <= length; increment++) {
            int visible = increment == length ? length : increment - delay;
            increments++;
            correct += outputs.get(increment - 1).subList(0, visible).equals(last.subList(0, visible)) ? 1 : 0;
        }
    }

    /** What was counted; there must be a token. */
    DelayScore result() {
        return new DelayScore(
                delay,
                PERCENT * right / tokens,
                (double) replaced / (replaced + tokens),
                (double) corrections / tokens,
                revised == 0 ? 0 : (double) corrections / revised,
                longest,
                (double) revised / tokens,
                (double) correct / increments);
    }
}
