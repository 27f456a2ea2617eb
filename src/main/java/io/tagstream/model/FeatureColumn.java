package io.tagstream.model;

/**
 * One feature of a token: a graph input of ids {@code [1, T]} by the column's name.
 *
 * @param name the graph input's name
 * @param kind how the feature's value is computed from the form
 * @param length the number of code points for {@link Kind#PREFIX} and {@link Kind#SUFFIX}, otherwise 0
 * @param vocabulary the values that have an id of their own
 */
public record FeatureColumn(String name, Kind kind, int length, Vocabulary vocabulary) {
    /** What a feature looks at. */
    public enum Kind {
        /** The form in lower case. */
        WORD,
        /** The first code points of the lower-case form; the whole form where it is shorter. */
        PREFIX,
        /** The last code points of the lower-case form; the whole form where it is shorter. */
        SUFFIX,
        /** The form's pattern: upper-case letters X, lower-case x, digits d, others as they are; runs longer than two cut to two. */
        SHAPE
    }
}
