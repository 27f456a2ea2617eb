package io.tagstream.data;

/**
 * Words that are written as one token in the text: a multiword token of CoNLL-U ({@code 3-4 don't} over {@code do} and {@code n't}).
 *
 * @param from the index of its first word, from 0
 * @param to the index after its last word
 * @param form the token as it stands in the text
 */
public record WordRange(int from, int to, String form) {
    public WordRange {
        if (from < 0 || to <= from || form.isEmpty()) {
            throw new IllegalArgumentException("words " + from + " to " + to + " are no range of '" + form + "'");
        }
    }
}
