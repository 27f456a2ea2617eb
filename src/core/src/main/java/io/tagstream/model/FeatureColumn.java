package io.tagstream.model;

/**
 * One feature of a token.
 *
 * @param name the column's name
 * @param kind how the feature's value is computed from the form
 * @param length the number of code points for {@link Kind#PREFIX} and {@link Kind#SUFFIX}, otherwise 0
 * @param vocabulary the values that have an id of their own
 * @param rows how many rows of the model's table make the embedding of one value, at least 1; {@link IdLayout} says which
 */
public record FeatureColumn(String name, Kind kind, int length, Vocabulary vocabulary, int rows) {
    /** A column whose values take a row each. */
    public FeatureColumn(String name, Kind kind, int length, Vocabulary vocabulary) {
        this(name, kind, length, vocabulary, 1);
    }

    /** The same column with so many rows a value. */
    public FeatureColumn withRows(int count) {
        return new FeatureColumn(name, kind, length, vocabulary, count);
    }

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
