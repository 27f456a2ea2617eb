package io.tagstream.train;

/** How a document is shown. The names are written into a {@link CheckpointFile}. */
enum View {
    AS_WRITTEN,
    LOWER_CASE,
    /** As people write in haste: names without their capitals, all else as written. */
    LOWER_NAMES
}
