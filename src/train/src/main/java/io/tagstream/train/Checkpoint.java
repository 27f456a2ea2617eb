package io.tagstream.train;

import io.tagstream.result.EpochReport;
import java.util.List;
import java.util.Map;

/**
 * A training that can be gone on with.
 *
 * @param run what settings and corpora were, by name ({@link RunFingerprint})
 * @param epochs how the epochs so far ended
 * @param progress where it stands
 */
record Checkpoint(Map<String, String> run, List<EpochReport> epochs, Progress progress) {}
