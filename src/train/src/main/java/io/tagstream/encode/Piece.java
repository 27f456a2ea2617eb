package io.tagstream.encode;

import io.tagstream.text.TagSet;
import org.jspecify.annotations.Nullable;

/**
 * What one call of the model sees: a sentence, or 512 tokens of a longer one, as numbers.
 *
 * @param sentence the sentence's index in its corpus
 * @param offset the first token's index in the sentence
 * @param ids feature ids
 * @param labels {@code [label layers][T]}; {@link #NO_LABEL} where the sentence lacks the layer, {@link TagSet#ABSENT} for a label the model lacks
 * @param soft a teacher's probabilities of the forms as written; null without one
 * @param lowerSoft the same of the forms in lower case
 * @param silver whether a machine labelled it: nothing but the soft labels is learned from
 * @param beginsDocument whether the state starts afresh here
 */
public record Piece(
        int sentence,
        int offset,
        FeatureIds ids,
        int[][] labels,
        @Nullable SoftLabels soft,
        @Nullable SoftLabels lowerSoft,
        boolean silver,
        boolean beginsDocument) {
    public static final int NO_LABEL = -100;

    /** The same with what a teacher says beside the labels. */
    Piece taught(SoftLabels asWritten, SoftLabels inLowerCase) {
        return new Piece(sentence, offset, ids, labels, asWritten, inLowerCase, false, beginsDocument);
    }

    /** The same with what a machine says in place of the labels, whatever the case. */
    public Piece silver(SoftLabels said) {
        return new Piece(sentence, offset, ids, labels, said, said, true, beginsDocument);
    }

    /** The number of tokens T. */
    public int length() {
        return labels[0].length;
    }

    /** T and the end symbols. */
    public int inputs() {
        return ids.written()[0].length;
    }
}
