package io.tagstream.eval;

/**
 * What showing labels with a delay gives while a sentence is still growing. {@link IncrementalScore} defines the terms.
 *
 * @param lookAhead the tokens waited for after a token before its label is shown, fewer at the sentence's end
 * @param accuracy the percentage of tokens whose first label shown is right
 * @param editOverhead unnecessary edits among all edits, 0 to 1
 * @param correctionTime mean over all tokens, in tokens
 * @param correctionTimeOfRevised mean over the tokens whose label changed, in tokens; 0 where none did
 * @param longestCorrectionTime in tokens
 * @param revised the share of tokens whose label changed, 0 to 1
 * @param relativeCorrectness the share of increments that show final labels only, 0 to 1
 */
public record DelayScore(
        int lookAhead,
        double accuracy,
        double editOverhead,
        double correctionTime,
        double correctionTimeOfRevised,
        int longestCorrectionTime,
        double revised,
        double relativeCorrectness) {}
