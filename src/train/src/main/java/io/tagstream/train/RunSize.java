package io.tagstream.train;

/**
 * How much a run has to learn from.
 *
 * @param sentences in the training corpus
 * @param tokens in the training corpus
 * @param silverSentences that a machine labelled
 * @param silverTokens that a machine labelled
 * @param words in the model's vocabulary
 * @param shown about how many sentences all epochs together show
 */
public record RunSize(int sentences, int tokens, int silverSentences, int silverTokens, int words, long shown) {}
