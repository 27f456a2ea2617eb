package io.tagstream.settings;

/** What is remembered from one sentence to the next. */
public enum StreamMemory {
    /** Each stream has a hidden state and a sequence. */
    STREAM,
    /** Nothing: every record is tagged from the zero state, there is no store and no changelog. */
    NONE
}
