package io.tagstream.stream;

import java.time.Duration;

/**
 * How a step tags. Start from {@link #DEFAULT} and change what you need: {@code TaggingSettings.DEFAULT.withMaxTokens(500)}.
 *
 * @param maxTokens a sentence of more tokens is a bad record
 * @param maxRecordBytes the largest record that is written; a record whose state would need more is a bad record
 * @param stateTtl a stream whose next record's timestamp is more than this after its last one's starts over; zero for never
 * @param foreignState what happens to a stored state of another model
 */
public record TaggingSettings(int maxTokens, int maxRecordBytes, Duration stateTtl, ForeignStatePolicy foreignState) {
    public static final int DEFAULT_MAX_TOKENS = 10_000;
    /** In bytes; 10,000 tokens take about 2 MB as JSON. */
    public static final int DEFAULT_MAX_RECORD_BYTES = 8 << 20;
    /** In bytes; causes, names and keys of a usual length fit into it many times. */
    public static final int SMALLEST_MAX_RECORD_BYTES = 16 << 10;

    public static final Duration NO_EXPIRY = Duration.ZERO;

    public static final TaggingSettings DEFAULT =
            new TaggingSettings(DEFAULT_MAX_TOKENS, DEFAULT_MAX_RECORD_BYTES, NO_EXPIRY, ForeignStatePolicy.RESET);

    /** @throws InvalidSettingException with one sentence on what is wrong */
    public TaggingSettings {
        require(maxTokens >= 1, "maxTokens must be at least 1, got " + maxTokens);
        require(
                maxRecordBytes >= SMALLEST_MAX_RECORD_BYTES,
                "maxRecordBytes must be at least " + SMALLEST_MAX_RECORD_BYTES + ", got " + maxRecordBytes);
        require(!stateTtl.isNegative(), "stateTtl must not be negative, got " + stateTtl);
    }

    public TaggingSettings withMaxTokens(int maxTokens) {
        return new TaggingSettings(maxTokens, maxRecordBytes, stateTtl, foreignState);
    }

    public TaggingSettings withMaxRecordBytes(int maxRecordBytes) {
        return new TaggingSettings(maxTokens, maxRecordBytes, stateTtl, foreignState);
    }

    public TaggingSettings withStateTtl(Duration stateTtl) {
        return new TaggingSettings(maxTokens, maxRecordBytes, stateTtl, foreignState);
    }

    public TaggingSettings withForeignState(ForeignStatePolicy foreignState) {
        return new TaggingSettings(maxTokens, maxRecordBytes, stateTtl, foreignState);
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new InvalidSettingException(sentence);
        }
    }
}
