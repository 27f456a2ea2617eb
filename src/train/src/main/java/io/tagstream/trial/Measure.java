package io.tagstream.trial;

import java.util.Locale;

/** What is found out, in the order of the page. */
public enum Measure {
    /** A training, and the accuracy of its model on dev. */
    TRAINING,
    /** A model on streams of several kinds, the state carried over sentences and reset. */
    STREAMS,
    /** A model on words that recur in a document, the state carried and reset. */
    NAMES,
    /** Small networks that must remember over sentences. */
    RECALL;

    /** As it is chosen by and found under. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
