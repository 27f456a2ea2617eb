package io.tagstream.wire;

/** The formats in which sentences come in. */
public enum InputFormat {
    /** {@code SentenceEvent} in Avro's single-object encoding. */
    AVRO,
    /** {@code SentenceEvent} as plain JSON. */
    JSON,
    /** The value is the sentence itself, UTF-8. */
    TEXT
}
