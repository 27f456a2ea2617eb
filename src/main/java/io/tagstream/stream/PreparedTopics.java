package io.tagstream.stream;

/**
 * What the topics that are there say.
 *
 * @param limits the largest records that they take
 * @param partitions of the input topic, and so the most stores that one process can hold
 */
record PreparedTopics(SizeLimits limits, int partitions) {}
