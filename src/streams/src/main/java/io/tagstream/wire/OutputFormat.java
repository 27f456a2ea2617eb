package io.tagstream.wire;

/** The formats in which tagged sentences go out. */
public enum OutputFormat {
    /** Avro's single-object encoding. */
    AVRO,
    /** Plain JSON. */
    JSON
}
