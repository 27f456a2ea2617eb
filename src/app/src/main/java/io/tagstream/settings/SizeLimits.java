package io.tagstream.settings;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The largest record, in bytes, that producer and topic let through: a larger one would abort the whole transaction, for ever.
 *
 * @param output for the output topic
 * @param deadLetters for the dead-letter topic
 * @param state for the changelog of the states
 */
public record SizeLimits(int output, int deadLetters, int state) {
    /** More than what a record batch of one record takes beside key, value and headers (61 bytes and some of variable length). */
    public static final int OVERHEAD = 256;
    /** More than what the lengths of a header take. */
    private static final int HEADER_OVERHEAD = 10;
    /** More than the bytes that one UTF-16 code unit takes in UTF-8. */
    private static final int UTF8_BYTES = 3;

    /** One limit for all. */
    public static SizeLimits of(int bytes) {
        return new SizeLimits(bytes, bytes, bytes);
    }

    /** No less than the bytes that a record takes. */
    public static long size(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long size = OVERHEAD;
        size += key == null ? 0 : key.length;
        size += value == null ? 0 : value.length;
        return size + size(headers);
    }

    /** No less than the bytes that the headers of a record take. */
    public static long size(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            byte[] value = header.value();
            size += HEADER_OVERHEAD + (long) header.key().length() * UTF8_BYTES + (value == null ? 0 : value.length);
        }
        return size;
    }
}
