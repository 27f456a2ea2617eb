package io.tagstream.rawtext;

/**
 * A word as {@link WordAlignment} sees it.
 *
 * @param form the word
 * @param start where its token begins in the text
 * @param end where its token ends
 * @param multiword whether it is one of several words of the token; start and end are then the token's
 */
record AlignedWord(String form, int start, int end, boolean multiword) {}
