package io.tagstream.encode;

import io.tagstream.train.CheckpointFile;

/** How a document is shown. The names are written into a {@link CheckpointFile}. */
public enum View {
    AS_WRITTEN,
    LOWER_CASE,
    /** As people write in haste: names without their capitals, all else as written. */
    LOWER_NAMES
}
